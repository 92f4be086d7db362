// Basic authentication: https://datatracker.ietf.org/doc/html/rfc7617

export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

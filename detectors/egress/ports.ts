// Ports by what is reached there.

/**
 * Services that builds and tests reach (https://www.iana.org/assignments/service-names-port-numbers): shells and files, names,
 * web, time, mail, registries, databases, queues, clusters.
 */
const ORDINARY = new Set([
  21, 22, 25, 53, 80, 88, 123, 143, 389, 443, 465, 587, 636, 853, 873, 989, 990, 993, 1433, 1521, 2049, 2181, 2375,
  2376, 2377, 2379, 2380, 3128, 3306, 3389, 4222, 4317, 4318, 5000, 5001, 5432, 5671, 5672, 5985, 5986, 6379, 6380,
  6443, 8000, 8080, 8081, 8082, 8083, 8086, 8088, 8125, 8200, 8443, 8500, 8888, 9000, 9001, 9042, 9090, 9092, 9093,
  9200, 9300, 9418, 9443, 10250, 11211, 11371, 15672, 16443, 25060, 27017,
]);

export function isOrdinaryPort(port: number): boolean {
  return ORDINARY.has(port);
}

/** By these the machine itself is kept in time and finds names. */
export function isUpkeep(port: number): boolean {
  return port === 53 || port === 123;
}

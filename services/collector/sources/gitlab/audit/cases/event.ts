// The audit events that the cases are made of, and where GitLab describes them.

export const SCHEMA = 'https://docs.gitlab.com/user/compliance/audit_event_schema/';
export const TYPES = 'https://docs.gitlab.com/user/compliance/audit_event_types/';
export const API = 'https://docs.gitlab.com/api/audit_events/';
export const LOGS = 'https://docs.gitlab.com/administration/logs/';

/** A streamed event of a project. */
export function streamed(event_type: string, details: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return {
    id: 'f3f0cb5a-3b1f-4b5e-9c5e-1d1a8c0b1a11',
    author_id: 4,
    author_name: 'Mara Lind',
    entity_id: 29,
    entity_type: 'Project',
    entity_path: 'acme/shop',
    details: {
      author_name: 'Mara Lind',
      author_class: 'User',
      ip_address: '192.0.2.7',
      entity_path: 'acme/shop',
      ...details,
    },
    ip_address: '192.0.2.7',
    created_at: '2026-03-02T06:21:05.283Z',
    event_type,
    ...more,
  };
}

export const mara = { name: 'Mara Lind', id: '4', type: 'unknown' as const };
export const shop = { repository: { name: 'acme/shop' } };

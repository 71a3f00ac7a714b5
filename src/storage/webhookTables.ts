import type { Generated } from 'kysely';

/** The addresses of other programs, and the messages to them. */
export interface WebhookTables {
  webhook: {
    id: string;
    desk_id: string;
    url: string;
    events_json: string;
    secret_sealed: string;
    /** The secret before the last rotation, and until when it signs, too. */
    former_sealed: string | null;
    former_until: number | null;
    /** How often in a row its receiver was away, and until when it is left alone because of that. */
    failures: number;
    rests_until: number | null;
    version: number;
    created_at: number;
  };
  webhook_delivery: {
    number: Generated<number>;
    id: string;
    webhook_id: string;
    desk_id: string;
    /** The booking that it tells of, which may be purged before it; null: none. */
    booking_id: string | null;
    event: string;
    body_json: string;
    /** What is known of the client, if the desk lets it be told; null once it was erased. */
    client_json: string | null;
    state: 'waiting' | 'sent' | 'failed';
    attempts: number;
    /** From when on it is counted until it is given up. */
    wanted_at: number;
    next_at: number;
    lease_until: number | null;
    tried_at: number | null;
    /** The status of the last answer; null: none came, see `not_reached`. */
    status: number | null;
    not_reached: string | null;
    created_at: number;
  };
}

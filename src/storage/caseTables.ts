/** The tables of cases, and of who looked at them. */
export interface CaseTables {
  /** See `Case`; its readers and meetings have tables of their own. */
  client_case: {
    id: string;
    desk_id: string;
    client_json: string;
    intake_json: string;
    steps_json: string;
    strategy_json: string;
    state: 'open' | 'closed';
    result: string | null;
    result_on: string | null;
    opened_at: number;
    closed_at: number | null;
    version: number;
  };
  case_advisor: { case_id: string; position: number; advisor_id: string };
  /** A consultation of a case. While its booking is there, the booking says when it is. */
  case_meeting: { booking_id: string; case_id: string; starts_at: number; topic_id: string };
  /** What stays of cases that are gone; nothing says whose they were. */
  case_fact: { desk_id: string; month: string; result: string; months: number };
  /** Who did what with the file of a person, see `TrailEntry`. */
  trail_entry: { id: string; desk_id: string; at: number; by_name: string; deed: string; about: string };
}

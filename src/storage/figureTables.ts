/** The tables of the figures. None holds anything of a person. */
export interface FigureTables {
  /** What is kept of a consultation for statistics: codes, and no id, time or person. */
  consultation_fact: {
    desk_id: string;
    /** The month of the consultation in the desk's zone, `YYYY-MM`. */
    month: string;
    topic_id: string;
    language: string;
    mode: string;
    source: string;
    status: string;
    attendees: number;
    on_behalf: number;
    /** Whole days from booking to consultation. */
    waiting_days: number;
    /** These four are null in facts from before they were kept. */
    cancelled_late: number | null;
    given_back: number | null;
    persons: number | null;
    minutes: number | null;
    /** Which reminder had gone out last; null: none. */
    reminded_days: number | null;
    /** Null in facts from before it was kept. */
    follow_up: number | null;
    /** The id of a partner; null: nobody. */
    referred_to: string | null;
    /** See `CLIENT_GROUPS`; null: nobody has said. */
    client_group: string | null;
  };
  /** The months that are counted for ever, with what is told of them, see `MonthTables`. */
  figure_month: {
    desk_id: string;
    month: string;
    closed_at: number;
    tables_json: string;
    offered_hours: number;
    used_percent: number | null;
  };
  /** In how many days the first and the third start was free, as anybody could see on that day. */
  waiting_sample: {
    desk_id: string;
    date: string;
    topic_id: string;
    language: string;
    first_days: number;
    third_days: number;
  };
  /** Tasks of the manager: where more starts would be needed. */
  open_starts: {
    id: string;
    desk_id: string;
    topic_id: string;
    language: string;
    missing: number;
    until: string;
    opening_json: string | null;
    created_at: number;
    done_at: number | null;
    done_by: string | null;
  };
}

/** What ties the calendars of staff to the desk. */
export interface CalendarTables {
  /** The addresses at which calendar programs read who comes when. */
  calendar_feed: {
    id: string;
    desk_id: string;
    /** Null: of the whole desk. */
    advisor_id: string | null;
    /** 1: it tells who comes, as long as the desk allows that. */
    names: number;
    /** The account of who made it, without which it is dead; null: a program made it. */
    user_id: string | null;
    /** SHA-256 of the secret in its address. */
    token_hash: string;
    created_at: number;
  };
  /** The calendar of an advisor's own, by which they are busy. */
  busy_calendar: {
    desk_id: string;
    advisor_id: string;
    /** Another one with each address. */
    id: string;
    /** The host of its address, which is all that is shown. */
    host: string;
    url_sealed: string;
    /** ETag and Last-Modified of the version that was read. */
    tag: string | null;
    modified: string | null;
    events: number;
    unread: number;
    /** When it was last seen as it is, and when it was last read in full. */
    read_at: number;
    expanded_at: number;
    tried_at: number;
    /** Why it could not be read when it was last tried; null: it could. */
    problem: string | null;
  };
  /** When advisors are busy by their own calendars; of one advisor they do not overlap. */
  busy_time: { desk_id: string; advisor_id: string; starts_at: number; ends_at: number };
}

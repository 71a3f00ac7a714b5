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
}

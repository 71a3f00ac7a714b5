/** The tables of the desk's day: operations of staff, plans for absences, what clients are asked because of them, and who waits. */
export interface OperationTables {
  /** Changes by staff that can be undone, kept for a day. */
  staff_operation: {
    id: string;
    desk_id: string;
    at: number;
    /** The operation that this one has undone. */
    undoes: string | null;
    undone_at: number | null;
  };
  staff_operation_line: {
    operation_id: string;
    position: number;
    booking_id: string;
    /** 1: it was asked for; 0: it made room. */
    asked: number;
    tell: string;
    /** The booking's place before, see `BookingPlace`. */
    before_json: string;
    /** The booking's version after the operation. */
    version: number;
  };
  /** What is planned for the bookings of people who are away. */
  absence_plan: {
    id: string;
    desk_id: string;
    state: 'proposed' | 'committed' | 'undone';
    /** Who is away, when and why, and what the commit has added to the hours. */
    parts_json: string;
    lines_json: string;
    operation_id: string | null;
    created_at: number;
    committed_at: number | null;
  };
  /** Clients who are asked whether a new time fits; the row goes with the answer. */
  time_question: { booking_id: string; desk_id: string; version: number; until: number };
  /** Who waits, without an appointment or called to theirs, see `QueueEntry`; kept for a day. */
  queue_entry: {
    id: string;
    desk_id: string;
    booking_id: string | null;
    number: string;
    topic_id: string;
    language: string;
    name: string | null;
    urgent: string | null;
    state: string;
    misses: number;
    advisor_id: string | null;
    arrived_at: number;
    turn_at: number;
    called_at: number | null;
    started_at: number | null;
    ended_at: number | null;
    version: number;
    token_hash: string;
  };
  /** Who waits until something becomes free, see `WaitingEntry`; kept for some days after its end. */
  waiting_entry: {
    id: string;
    desk_id: string;
    topic_id: string;
    wish_json: string;
    booking_id: string | null;
    client_json: string;
    client_key: string;
    state: string;
    offers: number;
    passed_json: string;
    offer_json: string | null;
    booked_id: string | null;
    joined_at: number;
    ended_at: number | null;
    version: number;
  };
}

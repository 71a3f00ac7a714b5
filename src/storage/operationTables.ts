/** The tables of what staff do together: operations, plans for absences, and what clients are asked because of them. */
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
}

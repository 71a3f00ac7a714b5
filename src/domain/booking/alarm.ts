/** How many minutes before the start a client can choose to be reminded by their calendar: up to a day. */
export const ALARM_MINUTES = [30, 60, 120, 1_440] as const;

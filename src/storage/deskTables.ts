import type { Generated } from 'kysely';

/** The tables of the desks: their hours, topics and advisors, and when these are away. */
export interface DeskTables {
  desk: {
    id: string;
    name_json: string;
    headline_json: string;
    about_json: string;
    time_zone: string;
    holidays: string | null;
    address: string;
    phone: string;
    email: string;
    grid_minutes: number;
    lead_time_minutes: number;
    lead_time_open_minutes: number;
    lead_time_working_days: number;
    horizon_days: number;
    /** Null: the default periods. */
    retention_json: string | null;
    /** The most future bookings of one client; null: the default number. */
    open_bookings_per_client: number | null;
    /** The other limits, as far as they differ from the defaults; null: none differs. */
    limits_json: string | null;
    /** From so many minutes before its start a consultation keeps its advisor. */
    fixed_minutes: number;
    /** How long mails about changes by staff wait. */
    mail_grace_seconds: number;
    /** 1: moves on the board are collected and saved together. */
    /** Null: the usual. */
    waiting_list_json: string | null;
    /** Null: it does not work by case. */
    cases_json: string | null;
    collects_moves: number;
    /** 1: its webhooks may know its clients. */
    client_data_in_webhooks: number;
    /** 1: feeds of calendars may tell who comes. */
    feed_names: number;
    /** When clients are reminded; null: never. */
    reminders_json: string | null;
    /** 1 or null: whoever did not come is written to. */
    missed_mail: number | null;
    /** How it shows what was given back; null: at once. */
    fair_release_json: string | null;
    /** Null: it works with none. */
    interpreters_json: string | null;
    /** The number of places by mode; null: as many as there are advisors. */
    capacities_json: string | null;
    /** The slots reserved for a language, a topic or urgent matters; null: none. */
    reserves_json: string | null;
    /** The version of reserves and capacities, and who wrote it; null: 1, the desk's file. */
    rooms_version: number | null;
    rooms_origin: 'file' | 'staff' | null;
    /** The version of the order of its topics, and who made it; null: 1, the desk's file. */
    topic_order_version: number | null;
    topic_order_origin: 'file' | 'staff' | null;
    /** Entrance and way there; null: the address says enough. */
    directions_json: string | null;
    /** For whom it is, by where they live or work; null: for everybody. */
    places_json: string | null;
    /** 1: clients can book with a phone number alone; null: 0. */
    without_mail: number | null;
    /** Legal notice, privacy and accessibility texts of the desk; null: none. */
    legal_json: string | null;
  };
  /** What a desk words itself, by key; `{}` where the program's text is used again. */
  desk_text: { desk_id: string; key: string; text_json: string; before_json: string | null; version: number };
  /** What was given back and the public is not shown yet. */
  freed_place: {
    id: string;
    desk_id: string;
    advisor_id: string;
    starts_at: number;
    ends_at: number;
    blocked_until: number;
    topic_id: string;
    language: string;
    mode: string;
    freed_at: number;
    /** The moment that was drawn; null: none yet. */
    shown_at: number | null;
  };
  opening_rule: {
    id: Generated<number>;
    desk_id: string;
    rrule: string;
    opens: string;
    closes: string;
    valid_from: string | null;
    valid_until: string | null;
    /** Null: by appointment. */
    kind: string | null;
  };
  hours_exception: {
    id: string;
    desk_id: string;
    from_date: string;
    to_date: string;
    closed: number;
    windows_json: string;
    reason_json: string;
    /** Rises with each exception entered or changed at the desk. The highest number of a day decides it. */
    entered: number;
    /** The RRULE by which it recurs; null: it occurs once. */
    rrule: string | null;
    /** The pauses taken from the day's windows; null: a closure or special opening. */
    pauses_json: string | null;
    origin: 'file' | 'staff';
    version: number;
  };
  hours_version: {
    id: string;
    desk_id: string;
    /** Counts on from 1. */
    number: number;
    at: number;
    by_kind: string;
    by_name: string | null;
    what: string;
    why: string | null;
    /** The first local day that it changed; null: none. */
    valid_from: string | null;
    state_json: string;
  };
  topic: {
    desk_id: string;
    id: string;
    position: number;
    name_json: string;
    description_json: string;
    neutral_name_json: string | null;
    /** Its name on the cards of the day board; null: the name. */
    short_name_json: string | null;
    search_words_json: string | null;
    sentence_json: string | null;
    /** The heading below which it stands; null: none. */
    group_json: string | null;
    /** Null: 0. */
    for_employers: number | null;
    duration_minutes: number;
    buffer_minutes: number;
    modes_json: string;
    bring_json: string | null;
    /** What to have at hand for another mode than a visit; null: nothing. */
    have_ready_json: string | null;
    /** What it asks before the consultation; null: nothing. */
    questions_json: string | null;
    /** Null: none. */
    phrases_json: string | null;
    lead_time_minutes: number | null;
    lead_time_open_minutes: number | null;
    lead_time_working_days: number | null;
    horizon_days: number | null;
    /** Null: one. */
    max_people: number | null;
    /** The ids of the partners to which it leads on; null: none. */
    partners_json: string | null;
    retired: number;
    /** Null: 1. */
    version: number | null;
    /** Who wrote this version; null: the desk's file. */
    origin: 'file' | 'staff' | null;
  };
  partner: {
    desk_id: string;
    id: string;
    position: number;
    name_json: string;
    description_json: string;
    address: string | null;
    phone: string | null;
    email: string | null;
    website: string | null;
    hours_json: string | null;
    bring_json: string | null;
    booking_url: string | null;
    /** The id of another desk, which need not be there. */
    booking_desk: string | null;
    retired: number;
    version: number;
    /** Who wrote this version. */
    origin: 'file' | 'staff';
  };
  advisor: {
    desk_id: string;
    id: string;
    position: number;
    name: string;
    email: string;
    retired: number;
    video_link: string | null;
    door: string | null;
    /** The modes in which they give consultations; null: all. */
    modes_json: string | null;
    /** The first local day on which they give consultations, and the first on which they do no more; null: unbounded. */
    valid_from: string | null;
    valid_until: string | null;
    /** Null: 1. */
    version: number | null;
    /** Who wrote this version; null: the desk's file. */
    origin: 'file' | 'staff' | null;
  };
  advisor_language: {
    desk_id: string;
    advisor_id: string;
    position: number;
    language: string;
    /** Of the Common European Framework, or `native`; null: not known. */
    level: string | null;
  };
  advisor_topic: { desk_id: string; advisor_id: string; topic_id: string };
  working_rule: {
    id: Generated<number>;
    desk_id: string;
    advisor_id: string;
    rrule: string;
    starts: string;
    ends: string;
    valid_from: string | null;
    valid_until: string | null;
  };
  absence: {
    id: string;
    desk_id: string;
    advisor_id: string;
    starts_at: number;
    ends_at: number;
    reason: string | null;
    version: number;
  };
}

import { isDeepStrictEqual } from 'node:util';
import type { Selectable } from 'kysely';
import type { Interpreters } from '../domain/booking/interpreting';
import type { Phrase } from '../domain/booking/phrases';
import type { Question } from '../domain/booking/questions';
import type { HoursException, LocalWindow } from '../domain/calendar/hours';
import type { CaseSettings } from '../domain/cases/settings';
import { type Capacities, type Desk, type Reserve, type Retention, type Topic, USUAL_RETENTION } from '../domain/desk';
import { asSeen, type Rooms } from '../domain/deskParts';
import { type Legal, USUAL_LEGAL } from '../domain/legal';
import { type Limits, limitsOf, type SomeLimits, unusualLimits } from '../domain/limits';
import type { Reminder } from '../domain/notifications/reminders';
import type { ServedPlace } from '../domain/servedPlace';
import type { FairRelease } from '../domain/slots/fairRelease';
import type { Text } from '../domain/text';
import { USUAL_WAITING_LIST, type WaitingListSettings } from '../domain/waiting/settings';
import { toAdvisors } from './advisorRows';
import { ownTextsIn } from './deskTexts';
import { freedPlacesIn } from './freedPlaceStore';
import { fromJson, fromNullableJson, toNullableJson } from './json';
import { toPartner } from './partnersStore';
import { toRule } from './ruleRows';
import type { Database } from './schema';

type Row<T extends keyof Database> = Selectable<Database[T]>;

/** The rows of all tables of a desk, or of all desks. */
export interface DeskRows {
  desks: Row<'desk'>[];
  texts: Row<'desk_text'>[];
  freed: Row<'freed_place'>[];
  rules: Row<'opening_rule'>[];
  exceptions: Row<'hours_exception'>[];
  topics: Row<'topic'>[];
  partners: Row<'partner'>[];
  advisors: Omit<Row<'advisor'>, 'position' | 'version' | 'origin'>[];
  languages: Omit<Row<'advisor_language'>, 'position'>[];
  covers: Row<'advisor_topic'>[];
  working: Row<'working_rule'>[];
}

/** Builds a desk from the rows of all its tables. `rows` may contain rows of other desks, too. */
export function toDesk(desk: Row<'desk'>, rows: DeskRows): Desk {
  const topics = rows.topics.filter((row) => row.desk_id === desk.id).map(toTopic);
  const here = <T extends { desk_id: string }>(all: T[]) => all.filter((row) => row.desk_id === desk.id);
  return {
    id: desk.id,
    name: fromJson(desk.name_json),
    headline: fromJson(desk.headline_json),
    about: aboutOf(desk.about_json),
    address: desk.address,
    directions: fromNullableJson(desk.directions_json),
    places: fromNullableJson<ServedPlace[]>(desk.places_json) ?? [],
    phone: desk.phone,
    email: desk.email,
    withoutMail: desk.without_mail === 1,
    gridMinutes: desk.grid_minutes,
    leadTimeMinutes: desk.lead_time_minutes,
    leadTimeOpenMinutes: desk.lead_time_open_minutes,
    leadTimeWorkingDays: desk.lead_time_working_days,
    horizonDays: desk.horizon_days,
    limits: limitsOf({
      ...fromNullableJson<SomeLimits>(desk.limits_json),
      ...(desk.open_bookings_per_client !== null && { openBookingsPerAddress: desk.open_bookings_per_client }),
    }),
    fixedMinutes: desk.fixed_minutes,
    mailGraceSeconds: desk.mail_grace_seconds,
    waitingList: fromNullableJson<WaitingListSettings>(desk.waiting_list_json) ?? USUAL_WAITING_LIST,
    cases: fromNullableJson<CaseSettings>(desk.cases_json),
    collectsMoves: desk.collects_moves === 1,
    clientDataInWebhooks: desk.client_data_in_webhooks === 1,
    feedNames: desk.feed_names === 1,
    reminders: fromNullableJson<Reminder[]>(desk.reminders_json) ?? [],
    fairRelease: fromNullableJson<FairRelease>(desk.fair_release_json),
    ...freedPlacesIn(here(rows.freed)),
    missedMail: desk.missed_mail !== 0,
    interpreters: fromNullableJson<Interpreters>(desk.interpreters_json),
    ...toRooms(desk),
    retention: { ...USUAL_RETENTION, ...fromNullableJson<Partial<Retention>>(desk.retention_json) },
    legal: fromNullableJson<Legal>(desk.legal_json) ?? USUAL_LEGAL,
    hours: {
      timeZone: desk.time_zone,
      holidays: desk.holidays,
      rules: here(rows.rules).map((row) => toRule({ ...row, start: row.opens, end: row.closes })),
      exceptions: here(rows.exceptions).map(toException),
    },
    ...ownTextsIn(here(rows.texts)),
    topics,
    partners: here(rows.partners).map(toPartner),
    advisors: toAdvisors({
      ...rows,
      topics,
      advisors: here(rows.advisors),
      languages: here(rows.languages),
      covers: here(rows.covers),
      working: here(rows.working),
    }).map((advisor) => asSeen(advisor, topics)),
  };
}

/** Reads the starts that the desk keeps, and how many consultations it has room for. */
export function toRooms(desk: Pick<Row<'desk'>, 'capacities_json' | 'reserves_json'>): Rooms {
  return {
    capacities: fromNullableJson<Capacities>(desk.capacities_json) ?? {},
    reserves: fromNullableJson<Reserve[]>(desk.reserves_json) ?? [],
  };
}

/** Reads the paragraph; an empty text is none. */
function aboutOf(json: string): Text | null {
  const about = fromJson<Text>(json);
  return Object.keys(about).length === 0 ? null : about;
}

/** Reads an exception. Order of entry, origin and version are left out, because they concern storage only. */
export function toException(row: Row<'hours_exception'>): HoursException {
  return {
    id: row.id,
    from: row.from_date,
    to: row.to_date,
    closed: row.closed === 1,
    windows: fromJson(row.windows_json),
    ...(row.pauses_json === null ? {} : { pauses: fromJson<LocalWindow[]>(row.pauses_json) }),
    ...(row.rrule === null ? {} : { rrule: row.rrule }),
    reason: fromJson(row.reason_json),
  };
}

export function toTopic(row: Row<'topic'>): Topic {
  return {
    id: row.id,
    name: fromJson(row.name_json),
    description: fromJson(row.description_json),
    neutralName: fromNullableJson(row.neutral_name_json),
    shortName: fromNullableJson(row.short_name_json),
    searchWords: fromNullableJson<string[]>(row.search_words_json) ?? [],
    sentence: fromNullableJson(row.sentence_json),
    group: fromNullableJson(row.group_json),
    forEmployers: row.for_employers === 1,
    durationMinutes: row.duration_minutes,
    bufferMinutes: row.buffer_minutes,
    modes: fromJson(row.modes_json),
    bring: fromNullableJson(row.bring_json),
    haveReady: fromNullableJson(row.have_ready_json),
    questions: fromNullableJson<Question[]>(row.questions_json) ?? [],
    phrases: fromNullableJson<Phrase[]>(row.phrases_json) ?? [],
    leadTimeMinutes: row.lead_time_minutes,
    leadTimeOpenMinutes: row.lead_time_open_minutes,
    leadTimeWorkingDays: row.lead_time_working_days,
    horizonDays: row.horizon_days,
    maxPeople: row.max_people ?? 1,
    partners: fromNullableJson<string[]>(row.partners_json) ?? [],
    ...(row.retired === 1 ? { retired: true } : {}),
  };
}

/**
 * Writes the desk's row of the table `desk`; rules, exceptions, topics and advisors have their own tables. A desk without
 * a paragraph has an empty text, which releases that know no desk without one print as nothing.
 */
export function deskRow(desk: Desk) {
  return {
    id: desk.id,
    name_json: JSON.stringify(desk.name),
    headline_json: JSON.stringify(desk.headline),
    about_json: JSON.stringify(desk.about ?? {}),
    time_zone: desk.hours.timeZone,
    holidays: desk.hours.holidays,
    address: desk.address,
    directions_json: toNullableJson(desk.directions),
    places_json: desk.places.length === 0 ? null : JSON.stringify(desk.places),
    phone: desk.phone,
    email: desk.email,
    without_mail: desk.withoutMail ? 1 : 0,
    grid_minutes: desk.gridMinutes,
    lead_time_minutes: desk.leadTimeMinutes,
    lead_time_open_minutes: desk.leadTimeOpenMinutes,
    lead_time_working_days: desk.leadTimeWorkingDays,
    horizon_days: desk.horizonDays,
    retention_json: unusual(desk.retention),
    ...limitColumns(desk.limits),
    fixed_minutes: desk.fixedMinutes,
    mail_grace_seconds: desk.mailGraceSeconds,
    waiting_list_json: isDeepStrictEqual(desk.waitingList, USUAL_WAITING_LIST)
      ? null
      : JSON.stringify(desk.waitingList),
    cases_json: toNullableJson(desk.cases),
    collects_moves: desk.collectsMoves ? 1 : 0,
    client_data_in_webhooks: desk.clientDataInWebhooks ? 1 : 0,
    feed_names: desk.feedNames ? 1 : 0,
    reminders_json: desk.reminders.length === 0 ? null : JSON.stringify(desk.reminders),
    fair_release_json: toNullableJson(desk.fairRelease),
    missed_mail: desk.missedMail ? 1 : 0,
    interpreters_json: toNullableJson(desk.interpreters),
    ...roomColumns(desk),
    legal_json: isDeepStrictEqual(desk.legal, USUAL_LEGAL) ? null : JSON.stringify(desk.legal),
  };
}

/** Writes the starts that the desk keeps, and how many consultations it has room for; nothing is null. */
export function roomColumns({ capacities, reserves }: Rooms) {
  return {
    capacities_json: Object.keys(capacities).length === 0 ? null : JSON.stringify(capacities),
    reserves_json: reserves.length === 0 ? null : JSON.stringify(reserves),
  };
}

/** Writes the limits. The number of open bookings per address has its own column, which is older than `limits_json`. */
function limitColumns(limits: Limits) {
  const { openBookingsPerAddress, ...others } = unusualLimits(limits);
  return {
    open_bookings_per_client: openBookingsPerAddress ?? null,
    limits_json: Object.keys(others).length === 0 ? null : JSON.stringify(others),
  };
}

/**
 * Returns the retention periods that differ from the defaults, so that all others follow the defaults when those
 * change.
 */
function unusual(retention: Retention): string | null {
  const periods = Object.entries(retention).filter(
    ([name, value]) => value !== USUAL_RETENTION[name as keyof Retention],
  );
  return periods.length === 0 ? null : JSON.stringify(Object.fromEntries(periods));
}

/** Writes an exception. Its local days are half-open. A closure and a pause have no windows. */
export function exceptionRow(deskId: string, exception: HoursException) {
  const { id, from, to, closed, windows, pauses, rrule, reason } = exception;
  return {
    id,
    desk_id: deskId,
    from_date: from,
    to_date: to,
    closed: closed ? 1 : 0,
    windows_json: JSON.stringify(windows),
    pauses_json: pauses ? JSON.stringify(pauses) : null,
    rrule: rrule ?? null,
    reason_json: JSON.stringify(reason),
  };
}

/** @param position the place of the topic in the list that clients see */
export function topicRow(deskId: string, position: number, topic: Topic) {
  return {
    desk_id: deskId,
    id: topic.id,
    position,
    name_json: JSON.stringify(topic.name),
    description_json: JSON.stringify(topic.description),
    neutral_name_json: toNullableJson(topic.neutralName),
    short_name_json: toNullableJson(topic.shortName),
    search_words_json: topic.searchWords.length === 0 ? null : JSON.stringify(topic.searchWords),
    sentence_json: toNullableJson(topic.sentence),
    group_json: toNullableJson(topic.group),
    for_employers: topic.forEmployers ? 1 : 0,
    duration_minutes: topic.durationMinutes,
    buffer_minutes: topic.bufferMinutes,
    modes_json: JSON.stringify(topic.modes),
    bring_json: toNullableJson(topic.bring),
    have_ready_json: toNullableJson(topic.haveReady),
    questions_json: topic.questions.length === 0 ? null : JSON.stringify(topic.questions),
    phrases_json: topic.phrases.length === 0 ? null : JSON.stringify(topic.phrases),
    lead_time_minutes: topic.leadTimeMinutes,
    lead_time_open_minutes: topic.leadTimeOpenMinutes,
    lead_time_working_days: topic.leadTimeWorkingDays,
    horizon_days: topic.horizonDays,
    max_people: topic.maxPeople,
    partners_json: topic.partners.length === 0 ? null : JSON.stringify(topic.partners),
    retired: topic.retired ? 1 : 0,
  };
}

import type { HoursException, HoursRule } from '../../domain/calendar/hours';
import type { Instant, Interval } from '../../domain/calendar/interval';
import type { Absence, Advisor, Desk, Topic } from '../../domain/desk';
import type { Rooms } from '../../domain/deskParts';
import type { Partner } from '../../domain/partner';

/** A part of the desk that managers keep, as it is stored. */
export interface PartEntry<T> {
  readonly part: T;
  /** Who wrote this version. What is staff's own is left alone by a later desk file. */
  readonly origin: Origin;
  /** Starts at 1 and rises by one with each change. */
  readonly version: number;
}

export type TopicEntry = PartEntry<Topic>;
export type PartnerEntry = PartEntry<Partner>;
export type AdvisorEntry = PartEntry<Advisor>;
export type RoomsEntry = PartEntry<Rooms>;

/**
 * Whether an exception came from the desk's file or was entered by staff. It does not change when staff change the
 * exception.
 */
type Origin = 'file' | 'staff';

/** An exception as it is stored. */
export interface ExceptionEntry {
  readonly exception: HoursException;
  readonly origin: Origin;
  /** Starts at 1 and rises by one with each change. */
  readonly version: number;
}

/** An absence as it is stored. */
export interface AbsenceEntry {
  readonly absence: Absence;
  readonly deskId: string;
  readonly version: number;
}

/** A page of absences. `next` is the cursor of the next page; null on the last. */
interface AbsencePage {
  readonly entries: readonly AbsenceEntry[];
  readonly next: string | null;
}

/** A part of the desk that can be deleted, by its id. */
type RemovablePart = { readonly topicId: string } | { readonly advisorId: string } | { readonly partnerId: string };

/** Stores desks with hours, topics, partners and advisors. Each read takes a fixed number of statements. */
export interface DeskStore {
  /** Returns all desks, by id. */
  list(): Promise<Desk[]>;
  find(id: string): Promise<Desk | undefined>;
  /** Returns the ids of all desks that have an advisor with this id; ids of advisors are unique within a desk only. */
  withAdvisor(advisorId: string): Promise<string[]>;
  add(desk: Desk): Promise<void>;
  /**
   * Replaces the desk with the same id. Topics, partners and advisors that it does not name stay as they are, because
   * others refer to them. Its new exceptions count as coming from its file, and are the newest; other parts that differ
   * get another version, and count as coming from its file, too.
   */
  replace(desk: Desk): Promise<void>;
  /** Returns the desk's topics in its order, the retired ones as well. */
  topics(deskId: string): Promise<TopicEntry[]>;
  /** Enters the topic as the last, or replaces the one with its id. Returns its version. */
  putTopic(deskId: string, topic: Topic, origin: Origin): Promise<number>;
  /** Returns the ids of the desk's topics in its order, the retired ones as well. */
  topicOrder(deskId: string): Promise<PartEntry<readonly string[]>>;
  /** Puts the topics into this order, which names each of them. Returns its version. */
  putTopicOrder(deskId: string, topicIds: readonly string[], origin: Origin): Promise<number>;
  /** Returns the desk's partners in its order, those that are told no more as well. */
  partners(deskId: string): Promise<PartnerEntry[]>;
  /** Enters the partner as the last, or replaces the one with its id. Returns its version. */
  putPartner(deskId: string, partner: Partner, origin: Origin): Promise<number>;
  /** Returns the desk's advisors in its order. Of those who have left it returns what they covered, too. */
  advisors(deskId: string): Promise<AdvisorEntry[]>;
  /** Enters the advisor as the last, or replaces the one with their id. Returns their version. */
  putAdvisor(deskId: string, advisor: Advisor, origin: Origin): Promise<number>;
  rooms(deskId: string): Promise<RoomsEntry>;
  /** Replaces reserves and capacities. Returns their version. */
  putRooms(deskId: string, rooms: Rooms, origin: Origin): Promise<number>;
  /** Tells whether anything refers to the part that would be lost without it. */
  isInUse(deskId: string, part: RemovablePart): Promise<boolean>;
  /** Deletes a part that is not in use. */
  removePart(deskId: string, part: RemovablePart): Promise<void>;
  replaceOpeningRules(deskId: string, rules: readonly HoursRule[]): Promise<void>;
  /** Returns the desk's exceptions, the newest last. */
  exceptions(deskId: string): Promise<ExceptionEntry[]>;
  /** Adds an exception as the newest. */
  addException(deskId: string, exception: HoursException, origin: Origin): Promise<void>;
  /** Replaces the exception with the same id, and makes it the newest. */
  replaceException(deskId: string, exception: HoursException): Promise<void>;
  removeException(deskId: string, id: string): Promise<void>;
  /** Makes these the desk's exceptions, the newest last. Those that are there already keep their origin. */
  replaceExceptions(deskId: string, exceptions: readonly HoursException[]): Promise<void>;
  /** Returns when advisors of the desk are away in `range`: the absences that were entered, and when they are busy by their own calendars. */
  absences(deskId: string, range: Interval): Promise<Absence[]>;
  /** Returns the absences of the desk's advisors that overlap `range` and were entered here. */
  enteredAbsences(deskId: string, range: Interval): Promise<Absence[]>;
  /**
   * Makes these the times from `from` on in which the advisor is busy by their own calendar. Those that are over stay,
   * but for those from before `keptFrom`.
   *
   * @param times ascending and disjoint, none of them before `from`
   */
  replaceBusyTimes(
    deskId: string,
    advisorId: string,
    busy: { readonly times: readonly Interval[]; readonly from: Instant; readonly keptFrom: Instant },
  ): Promise<void>;
  /**
   * Returns a page of the absences that are not over at `from`, by start.
   *
   * @throws DomainError `invalid` for a wrong cursor
   */
  absencesFrom(
    deskId: string,
    page: { from: Instant; cursor?: string | undefined; limit: number },
  ): Promise<AbsencePage>;
  findAbsence(id: string): Promise<AbsenceEntry | undefined>;
  addAbsence(deskId: string, absence: Absence): Promise<void>;
  /** Replaces the absence with the same id; its advisor stays. */
  replaceAbsence(absence: Absence): Promise<void>;
  removeAbsence(id: string): Promise<void>;
}

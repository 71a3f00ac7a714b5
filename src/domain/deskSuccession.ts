import type { Advisor, Desk, Topic } from './desk';
import { contentOf, without } from './deskDifference';
import { inOrderOf } from './order';
import type { Partner } from './partner';

/** Tells what staff have entered or changed since it came from the desk's file. A later file leaves that alone. */
export interface StaffsOwn {
  /** Ids of exceptions that staff entered. */
  readonly exceptions: ReadonlySet<string>;
  /** Ids of topics, partners and advisors that staff entered, changed or retired. */
  readonly topics: ReadonlySet<string>;
  readonly partners: ReadonlySet<string>;
  readonly advisors: ReadonlySet<string>;
  /** The order of the topics. */
  readonly topicOrder: boolean;
  /** Reserves and capacities. */
  readonly rooms: boolean;
}

/**
 * Returns the desk as its file describes it, but for what staff keep themselves. Topics, partners and advisors that the
 * file no longer names are retired: others refer to them, so they stay, but are not offered. Exceptions of the earlier file
 * that the new one lacks are removed; those that staff entered stay in their order, and those that are new in the file
 * count as the newest. What the manager worded stays.
 *
 * @param file the desk as it was read; its exceptions have new ids
 */
export function succeed(before: Desk, file: Desk, staffs: StaffsOwn): Desk {
  const entered = before.hours.exceptions;
  const ofFile = entered.filter(({ id }) => !staffs.exceptions.has(id));
  const withdrawn = new Set(without(ofFile, file.hours.exceptions, contentOf));
  const added = without(file.hours.exceptions, ofFile, contentOf);
  const { reserves, capacities } = staffs.rooms ? before : file;
  const topics = successors(before.topics, file.topics, staffs.topics, {
    keep: (topic, earlier) => keepingQuestions(topic, earlier?.questions ?? []),
    retire: (topic): Topic => ({ ...topic, retired: true }),
  });
  return {
    ...file,
    ...(before.ownTexts && { ownTexts: before.ownTexts }),
    reserves,
    capacities,
    hours: { ...file.hours, exceptions: [...entered.filter((exception) => !withdrawn.has(exception)), ...added] },
    topics: staffs.topicOrder
      ? inOrderOf(
          topics,
          before.topics.flatMap(({ id }) => topics.find((each) => each.id === id) ?? []),
        )
      : topics,
    partners: successors(before.partners, file.partners, staffs.partners, {
      keep: (partner) => partner,
      retire: (partner): Partner => ({ ...partner, retired: true }),
    }),
    advisors: successors(before.advisors, file.advisors, staffs.advisors, {
      keep: (advisor) => advisor,
      retire: (advisor): Advisor => ({ ...advisor, languages: [], topics: [], workingRules: [], retired: true }),
    }),
  };
}

/** Returns the file's in its order, then those that it does not name; what staff keep is as it was before. */
function successors<T extends { readonly id: string }>(
  before: readonly T[],
  file: readonly T[],
  staffs: ReadonlySet<string>,
  how: { keep: (each: T, earlier: T | undefined) => T; retire: (each: T) => T },
): T[] {
  const earlier = (id: string) => before.find((each) => each.id === id);
  return [
    ...file.map((each) => (staffs.has(each.id) ? (earlier(each.id) ?? each) : how.keep(each, earlier(each.id)))),
    ...leaving(before, file).map((each) => (staffs.has(each.id) ? each : how.retire(each))),
  ];
}

/**
 * Retires the questions that are not asked any more. They are kept, because they say what was asked and how long the
 * answers are stored.
 */
export function keepingQuestions(topic: Topic, earlier: Topic['questions']): Topic {
  const retired = leaving(earlier, topic.questions).map((question) => ({ ...question, retired: true }));
  return retired.length === 0 ? topic : { ...topic, questions: [...topic.questions, ...retired] };
}

function leaving<T extends { readonly id: string }>(all: readonly T[], staying: readonly T[]): T[] {
  return all.filter(({ id }) => !staying.some((each) => each.id === id));
}

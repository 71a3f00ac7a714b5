import type { Advisor, Desk, Topic } from './desk';
import { contentOf, without } from './deskDifference';

/**
 * The desk as its file wants it. Bookings refer to topics and advisors, so those that the file no longer names retire: they stay, and
 * nobody is offered them. Exceptions of the earlier file that are withdrawn go; those that staff entered stay, in their order, and what
 * is new in the file counts as the newest.
 *
 * @param isStaffs whether an exception of `before` was entered by staff
 * @param file as it was read: its exceptions have ids of their own
 */
export function succeed(before: Desk, file: Desk, isStaffs: (exceptionId: string) => boolean): Desk {
  const entered = before.hours.exceptions;
  const ofFile = entered.filter(({ id }) => !isStaffs(id));
  const withdrawn = new Set(without(ofFile, file.hours.exceptions, contentOf));
  const added = without(file.hours.exceptions, ofFile, contentOf);
  return {
    ...file,
    hours: { ...file.hours, exceptions: [...entered.filter((exception) => !withdrawn.has(exception)), ...added] },
    topics: [
      ...file.topics.map((topic) => keepingQuestions(topic, before.topics)),
      ...leaving(before.topics, file.topics).map((topic): Topic => ({ ...topic, retired: true })),
    ],
    advisors: [
      ...file.advisors,
      ...leaving(before.advisors, file.advisors).map(
        (advisor): Advisor => ({ ...advisor, languages: [], topics: [], workingRules: [], retired: true }),
      ),
    ],
  };
}

/** A question that is asked no more retires as well: it says what was asked, and how long the answers to it stay. */
function keepingQuestions(topic: Topic, before: readonly Topic[]): Topic {
  const earlier = before.find(({ id }) => id === topic.id)?.questions ?? [];
  const retired = leaving(earlier, topic.questions).map((question) => ({ ...question, retired: true }));
  return retired.length === 0 ? topic : { ...topic, questions: [...topic.questions, ...retired] };
}

function leaving<T extends { readonly id: string }>(all: readonly T[], staying: readonly T[]): T[] {
  return all.filter(({ id }) => !staying.some((each) => each.id === id));
}

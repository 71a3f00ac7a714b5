import type { Advisor, Desk, Topic } from './desk';
import { contentOf, without } from './deskDifference';

/**
 * Returns the desk as its file describes it. Topics and advisors that the file no longer names are retired: bookings
 * refer to them, so they stay, but are not offered. Exceptions of the earlier file that the new one lacks are removed;
 * those that staff entered stay in their order, and those that are new in the file count as the newest. What the manager worded stays.
 *
 * @param isStaffs tells whether an exception of `before` was entered by staff
 * @param file the desk as it was read; its exceptions have new ids
 */
export function succeed(before: Desk, file: Desk, isStaffs: (exceptionId: string) => boolean): Desk {
  const entered = before.hours.exceptions;
  const ofFile = entered.filter(({ id }) => !isStaffs(id));
  const withdrawn = new Set(without(ofFile, file.hours.exceptions, contentOf));
  const added = without(file.hours.exceptions, ofFile, contentOf);
  return {
    ...file,
    ...(before.ownTexts && { ownTexts: before.ownTexts }),
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

/**
 * Retires the questions that are not asked any more. They are kept, because they say what was asked and how long the
 * answers are stored.
 */
function keepingQuestions(topic: Topic, before: readonly Topic[]): Topic {
  const earlier = before.find(({ id }) => id === topic.id)?.questions ?? [];
  const retired = leaving(earlier, topic.questions).map((question) => ({ ...question, retired: true }));
  return retired.length === 0 ? topic : { ...topic, questions: [...topic.questions, ...retired] };
}

function leaving<T extends { readonly id: string }>(all: readonly T[], staying: readonly T[]): T[] {
  return all.filter(({ id }) => !staying.some((each) => each.id === id));
}

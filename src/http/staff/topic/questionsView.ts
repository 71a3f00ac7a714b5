import type { TopicEntry } from '../../../app/ports/deskStore';
import { hasRoomFor } from '../../../domain/booking/askedQuestions';
import { MAX_QUESTIONS, questionsFor } from '../../../domain/booking/questions';
import type { Desk } from '../../../domain/desk';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { missingInQuestion, questionForm } from '../../parts/questionCells';

/** Returns what a topic asks, and what it asks no more, for `partials/staff/topicQuestions`. */
export function questionsView(desk: Desk, { part, version }: TopicEntry, { t, locale }: Reader) {
  const params = { desk: desk.id, id: part.id };
  const asked = questionsFor(part, 'staff');
  const hasRoom = hasRoomFor(part);
  const href = (question: string) => url(paths.staffQuestion, { ...params, question });
  return {
    version,
    jump: t('parts.questions.count', { count: asked.length }),
    lead: asked.length > 0 ? t('parts.questions.lead') : t('parts.questions.none'),
    add: hasRoom ? url(paths.staffNewQuestion, params) : undefined,
    full: hasRoom ? undefined : t('parts.questions.full', { count: MAX_QUESTIONS }),
    entries: asked.map((question, i) => {
      const lacking = Object.values(missingInQuestion(questionForm.cells(question))).filter((count) => count > 0);
      return {
        ...{ id: question.id, name: inLanguage(question.label, locale), href: href(question.id) },
        ...{ earlier: i > 0, later: i < asked.length - 1 },
        facts: [
          t(`parts.question.kind.${question.kind}`),
          t(question.required ? 'parts.questions.required' : 'parts.questions.optional'),
          t('parts.questions.kept', { count: question.keepDays }),
          ...(question.audience === 'staff' ? [t('parts.questions.staff')] : []),
        ].join(' · '),
        note: lacking.length > 0 ? t('parts.topics.missingLanguages', { count: lacking.length }) : undefined,
      };
    }),
    retired: part.questions
      .filter(({ retired }) => retired)
      .map(({ id, label }) => ({ name: inLanguage(label, locale), href: href(id), back: hasRoom })),
  };
}

const DEEDS = ['questionSaved', 'questionLeft', 'questionBack'];

/** Returns what was done to a question just now, and what takes it back, for `partials/staff/outcome`. */
export function questionDone(
  desk: Desk,
  { part, version }: TopicEntry,
  { done, questionId }: { readonly done: string | undefined; readonly questionId: string | undefined },
  { t, locale }: Reader,
) {
  const question = part.questions.find(({ id }) => id === questionId);
  if (!question || !done || !DEEDS.includes(done)) return {};
  const href = url(paths.staffQuestion, { desk: desk.id, id: part.id, question: question.id });
  const step = { questionLeft: 'back', questionBack: 'leave' }[done];
  return {
    version,
    done: t(`parts.questions.done.${done}`, { name: inLanguage(question.label, locale) }),
    undo: step && { href, hidden: [{ name: 'step', value: step }] },
  };
}

import { questionsFor } from '../../../domain/booking/questions';
import {
  MAX_QUALIFICATIONS,
  OBSTACLES,
  PAPERS,
  QUALIFICATION_LEVELS,
  type Qualification,
  RECOGNITIONS,
} from '../../../domain/cases/intake';
import { topicsOnOffer } from '../../../domain/desk';
import { inLanguage } from '../../../domain/text';
import { answerRows } from '../../../presentation/answers';
import type { Reader } from '../../../presentation/texts';
import { answerField, questionFields } from '../../pages/questionFields';
import { type CaseFacts, formFrame, shownIn } from './facts';
import { fieldMaker, optionsOf } from './fields';

/** So many empty rows stand below the qualifications that are known. */
const EMPTY_ROWS = 2;

/** Returns what somebody brought along and what stands in the way, and the form for it. */
export function intakeView(facts: CaseFacts, reader: Reader) {
  const { desk, found } = facts;
  const { qualifications, obstacles, obstaclesNote, topicId, answers } = found.intake;
  const { t, locale } = reader;
  const topic = desk.topics.find(({ id }) => id === topicId);
  const shown = shownIn(facts, 'intake');
  const make = fieldMaker(shown, reader);
  const known = shown.typed ? MAX_QUALIFICATIONS : Math.min(MAX_QUALIFICATIONS, qualifications.length + EMPTY_ROWS);
  return {
    ...formFrame(facts, 'intake'),
    qualifications:
      qualifications.length > 0 ? qualifications.map((each) => qualificationLine(each, reader)) : undefined,
    obstacles: obstacles.length > 0 ? obstacles.map((each) => t(`cases.obstacle.${each}`)) : undefined,
    obstaclesNote,
    answers: topic ? answerRows('staff', topic, answers, reader) : undefined,
    rows: Array.from({ length: known }, (_, i) => ({
      legend: t('cases.qualification', { number: i + 1 }),
      fields: qualificationFields(i, qualifications[i], { make, reader }),
    })),
    ticks: make.ticks('obstacle', 'obstacles', {
      stored: obstacles,
      options: optionsOf('obstacle', OBSTACLES, reader),
    }),
    note: make.area('obstaclesNote', 'obstaclesNote', obstaclesNote, {
      maxlength: 300,
      hint: t('cases.hint.noSpecial'),
    }),
    topic: make.select('topic', 'topic', {
      stored: topicId,
      options: topicsOnOffer(desk).map(({ id, name }) => ({ value: id, text: inLanguage(name, locale) })),
      more: { hint: t('cases.hint.topic') },
    }),
    questions: topic
      ? questionFields(
          questionsFor(topic, 'staff').map((question) => ({ ...question, required: false })),
          { typed: shown.typed ?? typedOf(answers), wrong: [] },
          reader,
        ).map((field) => ({ ...field, error: shown.errors.find(({ href }) => href === `#${field.id}`)?.text }))
      : [],
  };
}

/** Returns the answers as a form has them. */
export function typedOf(answers: CaseFacts['found']['intake']['answers']): Record<string, string> {
  const texts = Object.entries(answers).map(([id, value]) => [
    answerField(id),
    typeof value === 'string' ? value : value ? 'yes' : 'no',
  ]);
  return Object.fromEntries(texts);
}

function qualificationLine({ what, country, level, papers, recognition }: Qualification, { t }: Reader) {
  const facts = [
    country,
    level && t(`cases.level.${level}`),
    papers && t('cases.papersAre', { state: t(`cases.papers.${papers}`) }),
    recognition && t('cases.recognitionIs', { state: t(`cases.recognition.${recognition}`) }),
  ];
  return { what, facts: facts.filter(Boolean).join(' · ') };
}

function qualificationFields(
  i: number,
  stored: Qualification | undefined,
  { make, reader }: { readonly make: ReturnType<typeof fieldMaker>; readonly reader: Reader },
) {
  const select = (id: 'level' | 'papers' | 'recognition', values: readonly string[]) =>
    make.select(`${id}-${i}`, id, { stored: stored?.[id] ?? null, options: optionsOf(id, values, reader) });
  return [
    make.line(`what-${i}`, 'what', stored?.what, { maxlength: 200 }),
    make.line(`country-${i}`, 'country', stored?.country, { maxlength: 60 }),
    select('level', QUALIFICATION_LEVELS),
    select('papers', PAPERS),
    select('recognition', RECOGNITIONS),
  ];
}

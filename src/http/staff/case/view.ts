import { localDate } from '../../../domain/calendar/zone';
import { CASE_RESULTS, type Case } from '../../../domain/cases/case';
import { paths, url } from '../../../paths';
import { allOf, dayName, languageName } from '../../../presentation/format';
import { reachOf } from '../../../presentation/reach';
import type { Reader } from '../../../presentation/texts';
import { wordsOf } from '../words';
import { type CaseFacts, formFrame, shownIn } from './facts';
import { fieldMaker, optionsOf, type Shown } from './fields';
import { intakeView } from './intakeView';
import { meetingsView } from './meetingsView';
import { stepsView } from './stepsView';

/** Returns one case with a form for each of its parts; what was typed into one of them stays until it is saved. */
export function caseView(facts: CaseFacts, reader: Reader) {
  const { desk, found, outcome, done } = facts;
  const { t } = reader;
  const at = { desk: desk.id, id: found.id };
  const { name, languages } = found.client;
  return {
    title: name,
    languages: allOf(
      reader.locale,
      languages.map((tag) => languageName(reader.locale, tag)),
    ),
    ...reachOf(found.client),
    back: url(paths.staffCases, { desk: desk.id }),
    action: url(paths.staffCase, at),
    version: found.version,
    isOpen: found.state === 'open',
    errors: outcome.errors && outcome.errors.length > 0 ? outcome.errors : undefined,
    refusal: outcome.refusal,
    done: done ? t('cases.done.saved') : undefined,
    typedForm: outcome.form && `form-${outcome.form}`,
    ended: found.result && {
      text: t('cases.closedWith', {
        result: t(`cases.result.${found.result.kind}`),
        day: dayName(reader.locale, found.result.on),
      }),
    },
    client: clientForm(facts, reader),
    ...stepsView(facts, reader),
    strategy: strategyView(facts, reader),
    intake: intakeView(facts, reader),
    ...meetingsView(facts, reader),
    advisors: advisorsView(facts),
    close: closeForm(facts, reader),
    dataHref: url(paths.staffCaseData, at),
    eraseHref: url(paths.staffCaseErasure, at),
    trail: trailView(facts, reader),
  };
}

function clientForm(facts: CaseFacts, reader: Reader) {
  const { client } = facts.found;
  return {
    ...formFrame(facts, 'client'),
    fields: clientFields(client, shownIn(facts, 'client'), reader),
  };
}

/** Returns the fields of a case's client, also for a new case. */
export function clientFields(client: Case['client'] | undefined, shown: Shown, reader: Reader) {
  const make = fieldMaker(shown, reader);
  const [first = 'de', second = null] = client?.languages ?? [];
  const options = make.languages(['de', 'en', ...(client?.languages ?? [])]);
  return [
    make.line('name', 'name', client?.name, { optional: false, maxlength: 200 }),
    make.line('email', 'email', client?.email, { type: 'email', inputmode: 'email', ltr: true }),
    make.line('phone', 'phone', client?.phone, { type: 'tel', inputmode: 'tel', ltr: true }),
    make.select('language', 'language', { stored: first, options, more: { optional: false, placeholder: undefined } }),
    make.select('language2', 'language2', { stored: second, options }),
  ];
}

function strategyView(facts: CaseFacts, reader: Reader) {
  const { desk, found, now } = facts;
  const { strategy, intake } = found;
  const { t, locale } = reader;
  const make = fieldMaker(shownIn(facts, 'strategy'), reader);
  const agree = fieldMaker(shownIn(facts, 'agree'), reader);
  const wordsIn = strategy.language;
  return {
    goal: intake.goal,
    text: strategy.text,
    lang: wordsIn,
    agreed: strategy.agreedOn && t('cases.agreedOn', { day: dayName(locale, strategy.agreedOn) }),
    changedSince: strategy.changedSince,
    printHref: url(paths.staffCaseStrategy, { desk: desk.id, id: found.id }),
    change: {
      ...formFrame(facts, 'strategy'),
      fields: [
        make.area('goal', 'goal', intake.goal, { maxlength: 300, hint: t('cases.hint.ownWords'), textLang: wordsIn }),
        make.area('strategyText', 'strategyText', strategy.text, { maxlength: 1500, textLang: wordsIn }),
        make.select('wordsLanguage', 'wordsLanguage', {
          stored: wordsIn,
          options: make.languages(['de', ...found.client.languages]),
          more: { optional: false, placeholder: undefined, hint: t('cases.hint.wordsLanguage') },
        }),
      ],
    },
    agree: {
      ...formFrame(facts, 'agree'),
      fields: [
        agree.line('agreedOn', 'agreedOn', localDate(now, desk.hours.timeZone), {
          ...{ type: 'date', optional: false, ltr: true, size: 'medium' },
        }),
      ],
    },
  };
}

function advisorsView({ desk, found, advisorId }: CaseFacts) {
  const nameOf = (id: string) => desk.advisors.find((each) => each.id === id)?.name ?? id;
  const others = desk.advisors.filter(({ id, retired }) => !retired && !found.advisors.includes(id));
  return {
    those: found.advisors.map((id) => ({ id, name: nameOf(id), isMe: id === advisorId })),
    mayLeave: found.advisors.length > 1,
    others: others.length > 0 ? others.map(({ id, name }) => ({ value: id, text: name })) : undefined,
  };
}

function closeForm(facts: CaseFacts, reader: Reader) {
  const { desk, now } = facts;
  const make = fieldMaker(shownIn(facts, 'close'), reader);
  return {
    ...formFrame(facts, 'close'),
    fields: [
      make.select('result', 'result', {
        stored: null,
        options: optionsOf('result', CASE_RESULTS, reader),
        more: { optional: false },
      }),
      make.line('resultOn', 'resultOn', localDate(now, desk.hours.timeZone), {
        ...{ type: 'date', optional: false, ltr: true, size: 'medium' },
      }),
    ],
  };
}

function trailView({ desk, trail }: CaseFacts, reader: Reader) {
  const { time } = wordsOf(desk, reader);
  return trail.map(({ at, by, deed }) => ({
    what: reader.t(`cases.trail.${deed}`),
    who: by,
    at: time.dateAndTime(at),
  }));
}

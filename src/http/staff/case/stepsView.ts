import { localDate } from '../../../domain/calendar/zone';
import { type CaseStep, nextStep, STEP_OWNERS } from '../../../domain/cases/case';
import { partnersTold } from '../../../domain/partner';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { dayName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { type CaseFacts, formFrame, shownIn } from './facts';
import { fieldMaker, optionsOf } from './fields';

/** Returns the steps of a case, open ones by when they are due, and the form for a new one or one that is changed. */
export function stepsView(facts: CaseFacts, reader: Reader) {
  const { found } = facts;
  const open: CaseStep[] = [];
  for (let left = found.steps; ; ) {
    const next = nextStep({ steps: left });
    if (!next) break;
    open.push(next);
    left = left.filter(({ id }) => id !== next.id);
  }
  const over = found.steps.filter(({ state }) => state !== 'open');
  return {
    steps: open.length > 0 ? open.map((step) => stepLine(step, facts, reader)) : undefined,
    over: over.length > 0 ? over.map((step) => stepLine(step, facts, reader)) : undefined,
    step: stepForm(facts, reader),
  };
}

function stepLine(step: CaseStep, { desk, found, now }: CaseFacts, { t, locale }: Reader) {
  const partner = desk.partners.find(({ id }) => id === step.partnerId);
  const isLate = step.state === 'open' && step.due !== null && step.due < localDate(now, desk.hours.timeZone);
  return {
    id: step.id,
    text: step.text,
    lang: found.strategy.language,
    who: partner
      ? t('cases.ownerWith', { owner: t(`cases.owner.${step.owner}`), partner: inLanguage(partner.name, locale) })
      : t(`cases.owner.${step.owner}`),
    due: step.due && t('cases.dueBy', { day: dayName(locale, step.due, 'short') }),
    isLate,
    state: step.state === 'open' ? undefined : t(`cases.stepState.${step.state}`),
    changeHref: `${url(paths.staffCase, { desk: desk.id, id: found.id }, { step: step.id })}#form-step`,
  };
}

function stepForm(facts: CaseFacts, reader: Reader) {
  const { desk, found, editedStep } = facts;
  const { t, locale } = reader;
  const edited = found.steps.find(({ id }) => id === editedStep);
  const make = fieldMaker(shownIn(facts, 'step'), reader);
  const partners = partnersTold(desk).map(({ id, name }) => ({ value: id, text: inLanguage(name, locale) }));
  const frame = formFrame(facts, 'step');
  return {
    ...{ ...frame, isUnfolded: frame.isUnfolded || edited !== undefined },
    title: t(edited ? 'cases.step.change' : 'cases.step.add'),
    hidden: edited ? [{ name: 'stepId', value: edited.id }] : [],
    fields: [
      make.line('stepText', 'stepText', edited?.text, {
        optional: false,
        maxlength: 200,
        textLang: found.strategy.language,
      }),
      make.select('stepOwner', 'stepOwner', {
        stored: edited?.owner ?? 'client',
        options: optionsOf('owner', STEP_OWNERS, reader),
        more: { optional: false, placeholder: undefined },
      }),
      make.line('stepDue', 'stepDue', edited?.due, { type: 'date', ltr: true, size: 'medium' }),
      ...(partners.length > 0
        ? [make.select('stepPartner', 'stepPartner', { stored: edited?.partnerId ?? null, options: partners })]
        : []),
    ],
  };
}

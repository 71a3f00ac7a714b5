import { type Case, nextStep } from '../../../domain/cases/case';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import { allOf, dayName, languageName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';

interface Facts {
  readonly desk: Desk;
  /** In the order in which they need work. */
  readonly cases: readonly Case[];
  readonly typed: string;
  readonly done: string | undefined;
}

/** Returns one's cases: open ones with what is due next, then the closed ones. */
export function casesView({ desk, cases, typed, done }: Facts, reader: Reader) {
  const { t } = reader;
  const open = cases.filter(({ state }) => state === 'open');
  const closed = cases.filter(({ state }) => state === 'closed');
  return {
    title: t('cases.title'),
    action: url(paths.staffCases, { desk: desk.id }),
    newHref: url(paths.staffNewCase, { desk: desk.id }),
    q: typed,
    done: done === 'erased' || done === 'left' ? t(`cases.done.${done}`) : undefined,
    open: open.length > 0 ? open.map((each) => lineOf(desk, each, reader)) : undefined,
    closed: closed.length > 0 ? closed.map((each) => lineOf(desk, each, reader)) : undefined,
    none: cases.length === 0 ? t(typed ? 'cases.noneFound' : 'cases.none') : undefined,
  };
}

function lineOf(desk: Desk, of: Case, { t, locale }: Reader) {
  const next = of.state === 'open' ? nextStep(of) : undefined;
  return {
    id: `case-${of.id}`,
    href: url(paths.staffCase, { desk: desk.id, id: of.id }),
    name: of.client.name,
    languages: allOf(
      locale,
      of.client.languages.map((tag) => languageName(locale, tag)),
    ),
    next: next && { text: next.text, due: next.due && t('cases.dueBy', { day: dayName(locale, next.due, 'short') }) },
    result: of.result && t(`cases.result.${of.result.kind}`),
  };
}

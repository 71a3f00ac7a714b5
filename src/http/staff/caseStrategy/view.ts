import type { CaseAtDesk } from '../../../app/cases/readCases';
import type { CaseStep } from '../../../domain/cases/case';
import type { Desk } from '../../../domain/desk';
import { inLanguage } from '../../../domain/text';
import { assetUrl, paths, url } from '../../../paths';
import { printed } from '../../../presentation/deskText';
import { direction } from '../../../presentation/direction';
import { dayName } from '../../../presentation/format';
import { type ClientLocale, clientLocaleFor, HOUSE_LOCALE, type Reader, type Texts } from '../../../presentation/texts';

/** Returns the strategy side by side in the client's language and in German; own words stand as they were typed. */
export function strategyPageView(at: CaseAtDesk, texts: Texts, reader: Reader) {
  const { desk, found } = at;
  const own = clientLocaleFor(found.client.languages[0] ?? HOUSE_LOCALE);
  const locales = [...new Set<ClientLocale>([own, HOUSE_LOCALE])];
  return {
    title: reader.t('cases.print.title'),
    back: url(paths.staffCase, { desk: desk.id, id: found.id }),
    wide: true,
    scripts: [{ src: assetUrl('staffPrint.js'), module: true }],
    sheets: locales.map((locale) => sheetOf(at, { locale, t: texts.in('client', locale) })),
  };
}

function sheetOf({ desk, found }: CaseAtDesk, reader: Reader) {
  const { locale, t } = reader;
  const { client, intake, strategy, steps } = found;
  const words = { lang: strategy.language, dir: direction(strategy.language) };
  const told = steps.filter(({ state }) => state !== 'dropped');
  return {
    ...{ lang: locale, dir: direction(locale), id: `strategy-${locale}` },
    desk: inLanguage(desk.name, locale),
    title: t('strategy.title'),
    for: t('strategy.for', { name: client.name }),
    own: [
      ...(intake.goal ? [{ label: t('strategy.goal'), text: intake.goal, ...words }] : []),
      ...(strategy.text ? [{ label: t('strategy.way'), text: strategy.text, ...words }] : []),
    ],
    stepsTitle: t('strategy.steps'),
    heads: { what: t('strategy.what'), who: t('strategy.who'), due: t('strategy.due') },
    steps: told.length > 0 ? told.map((step) => stepOf(step, desk, { reader, words })) : undefined,
    noSteps: t('strategy.noSteps'),
    agreed: strategy.agreedOn
      ? t('strategy.agreed', { day: dayName(locale, strategy.agreedOn) })
      : t('strategy.notAgreed'),
    signs: [t('strategy.signClient'), t('strategy.signDesk')],
    contact: t('strategy.contact', { phone: desk.phone, email: desk.email }),
  };
}

function stepOf(
  { text, owner, due, state, partnerId }: CaseStep,
  { partners }: Desk,
  { reader, words }: { readonly reader: Reader; readonly words: { readonly lang: string; readonly dir: string } },
) {
  const { t, locale } = reader;
  const partner = partners.find(({ id }) => id === partnerId);
  return {
    ...{ text, ...words },
    who: t(`strategy.owner.${owner}`),
    partner: partner && printed(partner.name, locale),
    due: state === 'done' ? t('strategy.done') : due && dayName(locale, due),
  };
}

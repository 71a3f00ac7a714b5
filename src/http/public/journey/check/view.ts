import type { Instant } from '../../../../domain/calendar/interval';
import { likelyMeant } from '../../../../fields/mailAddress';
import { assetUrl } from '../../../../paths';
import { askedRows } from '../../../../presentation/answers';
import { bringTitle, itemsToBring } from '../../../../presentation/deskText';
import type { Reader } from '../../../../presentation/texts';
import { consultationRows, detailRows } from '../../../pages/bookingRows';
import { heldUrl } from '../heldStage';
import { journeyUrl, type Step } from '../journey';
import { requestText, stepView } from '../journeyView';
import { keptView, leavingTo } from '../keptSlot';
import type { Told } from './told';

/** The id of the page's form. */
const FORM = 'answers';
/** The field of the form that identifies the data its page showed. */
export const SHOWN = 'shown';

interface Given {
  readonly told: Told;
  /** Identifies the data that the page shows. */
  readonly shown: string;
  /** Why it was not booked. */
  readonly refused?: string | undefined;
  readonly now: Instant;
}

/** Returns everything once more before it counts, each row with the way to change it. */
export function checkView({ told: { stage, details }, shown, refused, now }: Given, reader: Reader) {
  const { desk, hold, topic, place, choices } = stage;
  const { when, mode, topic: about, language } = consultationRows({ ...hold, topic }, desk, reader);
  const timed = { ...choices, start: hold.time.start };
  const changeDetails = heldUrl('details', stage);
  const asked = askedRows(topic, details.answers, reader);
  const kept = keptView(stage, now, reader);
  const changing = (step: Step) => ({
    change: journeyUrl(step, place, timed),
    leave: leavingTo(step, kept, FORM),
  });
  return {
    ...stepView('check', stage, reader),
    request: requestText(choices, reader),
    bookText: reader.t(choices.interpreter ? 'booking.interpreter.ask' : 'booking.check.book'),
    errors: refused ? [{ href: '#book', text: refused }] : undefined,
    back: changeDetails,
    kept,
    form: {
      method: 'post',
      action: heldUrl('check', stage),
      id: FORM,
      hidden: [{ name: SHOWN, value: shown }],
    },
    meant: likelyMeant(details.client.email ?? ''),
    changeEmail: `${changeDetails}#email`,
    consultation: [
      { ...when, ...changing('time') },
      { ...mode, ...(topic.modes.length > 1 && changing('time')) },
      { ...about, ...changing('topic') },
      { ...language, ...changing('language') },
    ],
    details: detailRows(details, reader).map((row) => ({ ...row, change: changeDetails })),
    answers: asked.length > 0 ? asked.map((row) => ({ ...row, change: `${changeDetails}#questions` })) : undefined,
    bringTitle: bringTitle(hold.mode, reader.t),
    bring: itemsToBring(topic, hold.mode, reader.locale),
    scripts: [{ src: assetUrl('hold.js'), module: true }],
  };
}

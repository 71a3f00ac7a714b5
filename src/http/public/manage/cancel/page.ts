import { type Request, type Response, Router } from 'express';
import { CLIENT } from '../../../../domain/staff/caller';
import * as fields from '../../../../fields/schemas';
import { paths, url } from '../../../../paths';
import { HOUSE_LOCALE, type Translate } from '../../../../presentation/texts';
import { bookingIn, can, here, type ManagedDeps, refusedKindly, tokenIn, whenView } from '../managedBooking';

/** Far more than the field accepts; longer text is cut when it is shown again. */
const MAX_SHOWN_LENGTH = 2_000;
/**
 * The reasons for cancelling. None is selected at first and one is required, because mail scanners press buttons as
 * well.
 */
const CHOICES = ['time', 'solved', 'ill', 'other', 'none'] as const;
type Choice = (typeof CHOICES)[number];

/** Asks for confirmation and the reason. Must be mounted after `loadBooking`. */
export function cancelBookingRoutes(deps: ManagedDeps): Router {
  const router = Router();
  router.get(paths.cancelBooking, (req, res) => {
    const { choice, typed } = readWhy(req.body);
    if (can(deps, res, 'cancel')) ask(req, res, { choice, typed });
    else res.redirect(303, here(req));
  });
  router.post(paths.cancelBooking, async (req, res) => {
    const { choice, typed } = readWhy(req.body);
    const { success, data: more } = fields.reason.safeParse(typed);
    if (choice === undefined || !success) return ask(req, res, { choice, typed, tooLong: !success });
    const reason = reasonOf(choice, more, deps.texts.in('client', HOUSE_LOCALE));
    await refusedKindly(
      req,
      res,
      () => deps.app.cancelBooking({ bookingId: bookingIn(res).id, reason, who: CLIENT }),
      'cancelled',
    );
  });
  return router;
}

function readWhy(body: unknown): Pick<Sent, 'choice' | 'typed'> {
  const { why, reason = '' } = (body ?? {}) as { why?: unknown; reason?: unknown };
  return { choice: CHOICES.find((each) => each === why), typed: String(reason) };
}

/**
 * Returns the reason for the history, which staff read; so it is in the language of the staff, as advisors' mails are.
 */
function reasonOf(choice: Choice, more: string, t: Translate): string | null {
  const chosen = choice === 'none' || choice === 'other' ? '' : t(`booking.cancel.choice.${choice}`);
  return [chosen, more].filter(Boolean).join(': ') || null;
}

interface Sent {
  readonly choice: Choice | undefined;
  readonly typed: string;
  /** Absent: the form has not been sent yet. */
  readonly tooLong?: boolean;
}

function ask(req: Request, res: Response, { choice, typed, tooLong }: Sent): void {
  const { t } = res.locals;
  const whyError = tooLong !== undefined && choice === undefined ? t('booking.cancel.whyMissing') : undefined;
  const reasonError = tooLong ? t('booking.cancel.reasonWrong') : undefined;
  const errors = [
    ...(whyError ? [{ href: '#why', text: whyError }] : []),
    ...(reasonError ? [{ href: '#reason', text: reasonError }] : []),
  ];
  res.status(errors.length > 0 ? 422 : 200).render('pages/public/manage/cancel', {
    title: t('booking.cancel.title'),
    back: here(req),
    when: whenView(res).when,
    form: { method: 'post', action: url(paths.cancelBooking, tokenIn(req)), id: 'why-cancel' },
    typedForm: 'why-cancel',
    whys: CHOICES.map((value, i) => ({
      id: i === 0 ? 'why' : `why-${value}`,
      value,
      text: t(`booking.cancel.choice.${value}`),
      checked: value === choice,
    })),
    whyError,
    reason: { value: typed.slice(0, MAX_SHOWN_LENGTH), error: reasonError },
    errors: errors.length > 0 ? errors : undefined,
  });
}

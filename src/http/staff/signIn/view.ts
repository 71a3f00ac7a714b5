import { paths } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import type { FormError } from '../forms';

interface Facts {
  /** The page of staff to go to afterwards; null: their desk's day. */
  readonly next: string | null;
  readonly email: string;
  /** Why nobody was signed in. */
  readonly wrong?: string;
}

/** Returns the form to sign in. The layout is named here because nobody's desk gives the frame yet. */
export function signInView({ next, email, wrong }: Facts, { t }: Reader) {
  const errors: FormError[] | undefined = wrong === undefined ? undefined : [{ href: '#email', text: wrong }];
  return {
    layout: 'staff',
    title: t('staff.signIn.title'),
    action: paths.signIn,
    typedForm: 'sign-in',
    next,
    email,
    errors,
  };
}

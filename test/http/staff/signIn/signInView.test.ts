import { signInView } from '../../../../src/http/staff/signIn/view';
import { ENGLISH_STAFF } from '../../../support/readers';

describe('The view of sign-in', () => {
  it('has what was typed, where to go on, and why nobody was signed in', () => {
    const facts = { next: '/staff/expat-desk/tasks', email: 'rezi@expat-desk.example', wrong: 'They do not match.' };
    expect(signInView(facts, ENGLISH_STAFF)).toStrictEqual({
      layout: 'staff',
      title: 'Sign in',
      action: '/staff/sign-in',
      typedForm: 'sign-in',
      next: '/staff/expat-desk/tasks',
      email: 'rezi@expat-desk.example',
      errors: [{ href: '#email', text: 'They do not match.' }],
    });
  });
});

import { cannotComeView } from '../../../../src/http/public/manage/cannotCome/view';
import { aClientWhoReads } from '../../../support/readers';
import { aManagedBooking } from './managed';

describe('The view of the question whether to give an appointment back', () => {
  it('has one press to do it, and the ways to another time and back', () => {
    expect(cannotComeView(aManagedBooking(), aClientWhoReads('en'))).toEqual({
      title: 'Can you not come?',
      when: 'Tuesday, 1 December 2026, 09:00–09:30',
      form: { method: 'post', action: '/b/a-token/cannot-come' },
      moveHref: '/b/a-token/move',
      keepHref: '/b/a-token',
    });
  });
});

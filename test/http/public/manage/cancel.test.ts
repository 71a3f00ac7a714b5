import { cancelView } from '../../../../src/http/public/manage/cancel/view';
import { aClientWhoReads } from '../../../support/readers';
import { aManagedBooking } from './managed';

describe('The view of the question whether to cancel', () => {
  it('has no reason selected at first', () => {
    const typed = { choice: undefined, more: '' };
    expect(cancelView({ managed: aManagedBooking(), typed, wrong: [] }, aClientWhoReads('en'))).toEqual({
      title: 'Would you like to cancel this consultation?',
      back: '/b/a-token',
      when: 'Tuesday, 1 December 2026, 09:00–09:30',
      form: { method: 'post', action: '/b/a-token/cancel', id: 'why-cancel' },
      typedForm: 'why-cancel',
      whys: [
        { id: 'why', value: 'time', text: 'The time does not suit me', checked: false },
        { id: 'why-solved', value: 'solved', text: 'I no longer need it', checked: false },
        { id: 'why-ill', value: 'ill', text: 'I am ill or cannot come', checked: false },
        { id: 'why-other', value: 'other', text: 'Another reason', checked: false },
        { id: 'why-none', value: 'none', text: 'No reason', checked: false },
      ],
      reason: { value: '' },
    });
  });

  it('shows what was typed with what is wrong in it', () => {
    const typed = { choice: undefined, more: 'x'.repeat(3_000) };
    const view = cancelView({ managed: aManagedBooking(), typed, wrong: ['why', 'reason'] }, aClientWhoReads('de'));
    expect({ ...view, reason: { ...view.reason, value: view.reason.value.length } }).toEqual({
      title: 'Möchten Sie diesen Termin absagen?',
      back: '/b/a-token',
      when: 'Dienstag, 1. Dezember 2026, 09:00–09:30',
      form: { method: 'post', action: '/b/a-token/cancel', id: 'why-cancel' },
      typedForm: 'why-cancel',
      whys: [
        { id: 'why', value: 'time', text: 'Die Zeit passt mir nicht', checked: false },
        { id: 'why-solved', value: 'solved', text: 'Es hat sich erledigt', checked: false },
        { id: 'why-ill', value: 'ill', text: 'Ich bin krank oder verhindert', checked: false },
        { id: 'why-other', value: 'other', text: 'Ein anderer Grund', checked: false },
        { id: 'why-none', value: 'none', text: 'Kein Grund', checked: false },
      ],
      whyError: 'Bitte wählen Sie eine Antwort. Es genügt „Kein Grund“.',
      reason: { value: 2000, error: 'Bitte schreiben Sie höchstens 500 Zeichen' },
      errors: [
        { href: '#why', text: 'Bitte wählen Sie eine Antwort. Es genügt „Kein Grund“.' },
        { href: '#reason', text: 'Bitte schreiben Sie höchstens 500 Zeichen' },
      ],
    });
  });
});

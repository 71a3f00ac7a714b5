import { tasksView } from '../../../../src/http/staff/tasks/view';
import { aBooking, aClient, aDesk, aPlan, NOW } from '../../../support/builders';
import { ENGLISH_STAFF, RECEPTIONIST } from '../../../support/readers';

describe('The view of open tasks', () => {
  it('has each task with its booking, the reason, and the way to do it', () => {
    const away = aBooking({ client: aClient({ phone: '+492115550100' }) });
    const withoutLink = aBooking({ id: 'b2', reference: 'AAAA-BBBB', mode: 'video' });
    const facts = {
      desk: aDesk(),
      open: [
        { kind: 'outside_hours' as const, booking: away, noted: { id: 't1', since: NOW }, due: away.time.start },
        { kind: 'video_link' as const, booking: withoutLink, noted: null, due: withoutLink.time.start },
      ],
      why: new Map([[away, 'away' as const]]),
      plans: [aPlan({ state: 'committed' })],
      bounces: new Map(),
      mailsHeldSince: NOW,
      starts: [],
      waiting: [],
      isFinished: true,
      staff: RECEPTIONIST,
      now: NOW,
    };
    expect(tasksView(facts, ENGLISH_STAFF)).toStrictEqual({
      title: 'Open tasks',
      scripts: [{ src: '/assets/staffTasks.js', module: true }],
      action: '/staff/expat-desk/tasks',
      done: 'The task is done.',
      mailsHeldSince: 'Tuesday, 24 November 2026 at 10:00',
      starts: [],
      tasks: [
        {
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
          reference: 'K7MQ-4XWT',
          day: 'Tue, 1 December',
          span: '09:00–09:30',
          client: 'Kim Probe',
          language: 'English',
          topic: 'Residence law',
          mode: 'in person',
          advisor: 'Ada Beispiel',
          video: undefined,
          state: 'confirmed',
          stateText: 'Booked',
          id: 't1',
          text: 'Ada Beispiel is away then. Please move it or phone the client.',
          isTooLate: false,
          since: 'Tuesday, 24 November 2026 at 10:00',
          email: 'kim@client.example',
          phone: '+49 211 5550100',
          phoneHref: 'tel:+492115550100',
          mayChange: true,
          moveHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/move',
          planHref: '/staff/expat-desk/plans/plan',
          interpreterHref: undefined,
          linkHref: undefined,
          outcomeHref: undefined,
        },
        {
          href: '/staff/bookings/b2',
          reference: 'AAAA-BBBB',
          day: 'Tue, 1 December',
          span: '09:00–09:30',
          client: 'Kim Probe',
          language: 'English',
          topic: 'Residence law',
          mode: 'video',
          advisor: 'Ada Beispiel',
          video: undefined,
          state: 'confirmed',
          stateText: 'Booked',
          id: undefined,
          text: 'The video link is missing. Please enter it.',
          isTooLate: false,
          since: undefined,
          email: 'kim@client.example',
          phone: null,
          phoneHref: null,
          mayChange: true,
          moveHref: undefined,
          planHref: undefined,
          interpreterHref: undefined,
          linkHref: '/staff/bookings/b2#videoLink',
          outcomeHref: undefined,
        },
      ],
    });
  });
});

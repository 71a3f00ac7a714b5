import { renewOn } from './staffRenew.js';

renewOn(['booking', 'hours', 'reset'], {
  isMeant: (detail, name) => name !== 'booking' || location.pathname.endsWith(`/${detail.id}`),
});

import { renewOn } from './staffRenew.js';

// A check-in makes somebody wait, and bookings and hours decide when it is their turn.
renewOn(['queue', 'booking', 'hours', 'reset']);

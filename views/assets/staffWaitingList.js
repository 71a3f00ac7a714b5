import { renewOn } from './staffRenew.js';

// Who waits changes the list; what is booked or moved, and the hours, decide what is free for those who wait.
renewOn(['queue', 'booking', 'hours', 'reset']);

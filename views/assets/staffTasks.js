import { renewOn } from './staffRenew.js';

// A booking by video without a link is a task that is noted nowhere, and hours decide which tasks are still true.
renewOn(['task', 'booking', 'hours', 'reset']);

// Fails when Node cannot import what was built, or cannot render a page with it: what servers do.

import assert from 'node:assert/strict';
import { createElement as h } from 'react';
import { renderToString } from 'react-dom/server';
import { RealTimeProvider, useConnectionState, useNotifications } from '@threadly/real-time';

function Bell() {
  return h('b', null, useNotifications().unreadCount, ' ', useConnectionState().state);
}

const html = renderToString(h(RealTimeProvider, { config: { pusherKey: 'key', wsHost: 'localhost' } }, h(Bell)));
assert.equal(html, '<b>0<!-- --> <!-- -->initialized</b>');

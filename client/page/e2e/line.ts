import type { WebSocketRoute } from 'playwright-core';
import type { Tab } from './tab';

/** A line to the server that can be cut, and stays dead until it is mended. Before the page is opened. */
export async function lineOf(tab: Tab) {
  const ends: WebSocketRoute[] = [];
  let cut = false;
  await tab.page.routeWebSocket(/\/app\//, (socket) => {
    if (cut) {
      void socket.close();
      return;
    }
    ends.push(socket, socket.connectToServer());
  });
  return {
    async cut() {
      cut = true;
      await Promise.all(ends.map((end) => end.close()));
    },
    mend() {
      cut = false;
    },
  };
}

import { useNotifications } from '@threadly/real-time';
import type { Destination, Shown } from './destination';
import { InboxList } from './InboxList';
import { useInboxView } from './useInbox';

/** What a person has archived. */
export function Archive({ shown, goTo }: { shown: Shown; goTo: (destination: Destination) => void }) {
  const archive = useNotifications({ archived: true });
  const view = useInboxView(archive, false);
  return (
    <InboxList
      inbox={{ ...archive, view }}
      shown={shown}
      goTo={goTo}
      action="Put back"
      act={archive.unarchive}
      empty="Nothing is archived."
    />
  );
}

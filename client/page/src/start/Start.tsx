import { App } from '../App';
import { Notice } from '../common/Notice';
import { useLoaded } from '../common/useLoaded';
import { useOnline } from '../common/useOnline';
import { loadConfig } from '../stack';
import { TopBar } from '../TopBar';
import './start.css';

/** The page as soon as it is known whom and what to show; until then, why not. */
export function Start({ alone }: { alone: string | null }) {
  const { data, failure, reload } = useLoaded(loadConfig, null);
  const isOnline = useOnline();
  if (data) return <App config={data} alone={alone} />;
  return (
    <div className="app">
      <TopBar />
      <main className="start card">
        {!isOnline && <Notice view="offline">You are offline. The page opens once you are back.</Notice>}
        {isOnline && !failure && <Notice view="loading">Opening…</Notice>}
        {isOnline && failure && (
          <Notice view="failed" retry={reload}>
            {failure.status === undefined ? 'The stack does not answer' : 'The stack cannot say what to show'}: {failure.message}.
          </Notice>
        )}
      </main>
    </div>
  );
}

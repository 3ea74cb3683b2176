// The shared rules first: those of a component refine them.
import './styles/index.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { loadConfig } from './stack';
import { applyChosenTheme } from './theme/theme';

applyChosenTheme();

const root = createRoot(document.getElementById('root') as HTMLElement);
loadConfig().then(
  (config) => root.render(<App config={config} alone={new URLSearchParams(location.search).get('as')} />),
  (failure: Error) => root.render(<p role="alert">The stack does not answer: {failure.message}</p>),
);

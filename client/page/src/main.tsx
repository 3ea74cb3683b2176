// The shared rules first: those of a component refine them.
import './styles/index.css';
import { createRoot } from 'react-dom/client';
import { ErrorBoundary } from './common/ErrorBoundary';
import { Start } from './start/Start';
import { applyChosenTheme } from './theme/theme';

applyChosenTheme();

createRoot(document.getElementById('root') as HTMLElement).render(
  <ErrorBoundary what="The page">
    <Start alone={new URLSearchParams(location.search).get('as')} />
  </ErrorBoundary>,
);

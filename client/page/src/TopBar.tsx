import { ThemeToggle } from './theme/ThemeToggle';
import './topbar.css';

export const TopBar = () => (
  <header className="topbar">
    <h1>
      Threadly <span>live</span>
    </h1>
    <ThemeToggle />
  </header>
);

import { Component, type ReactNode } from 'react';
import { Notice } from './Notice';

interface Props {
  /** What has stopped, as people would call it. */
  what: string;
  children: ReactNode;
}

/** What goes wrong inside takes nothing else with it, and can be started again. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="card broken">
        <Notice view="failed" retry={() => this.setState({ broken: false })}>
          {this.props.what} has stopped working.
        </Notice>
      </div>
    );
  }
}

export const Bubble = ({ text, truncated = false }: { text: string; truncated?: boolean }) => (
  <p className="bubble">
    {text}
    {truncated && <em> … cut short: it was too long for one event</em>}
  </p>
);

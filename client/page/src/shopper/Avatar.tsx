import type { Role } from './ShopperPane';

export const Avatar = ({ name, role }: { name: string; role: Role }) => (
  <span className="avatar" data-role={role} aria-hidden="true">
    {[...name][0]}
  </span>
);

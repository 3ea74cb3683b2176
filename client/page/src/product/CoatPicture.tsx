export const CoatPicture = () => (
  <svg className="coat" viewBox="0 0 320 250" role="img" aria-label="The coat on a hanger" preserveAspectRatio="xMidYMid slice">
    <rect className="wall" width="320" height="250" />
    <path className="rail" d="M0 26h320" />
    <ellipse className="shade" cx="168" cy="246" rx="92" ry="10" />
    <path className="hook" d="M160 52V42c0-6 9-6 9-13 0-6-9-9-13-4M160 52l-42 21M160 52l42 21" />
    <path className="inside" d="M134 62h52l-26 46z" />
    <path className="cloth" d="M133 62 100 77c-11 5-17 14-20 27L62 186l25 8 18-63-7 119h124l-7-119 18 63 25-8-18-82c-3-13-9-22-20-27l-33-15-27 60z" />
    <path className="fold" d="M105 131c5-11 6-21 4-33M215 131c-5-11-6-21-4-33M118 182l-5 68M202 182l5 68" />
    <path className="lapel" d="m133 62 27 60-15 20-29-33 13-8-9-13zM187 62l-27 60 15 20 29-33-13-8 9-13z" />
    <path className="seam" d="M160 122v128" />
    <path className="belt" d="M100 160c40 8 80 8 120 0l1 19c-40 8-82 8-122 0z" />
    <path className="belt" d="m158 168 14-2-4 44-14 4z" />
    <rect className="buckle" x="150" y="161" width="22" height="22" rx="4" />
    <circle className="button" cx="146" cy="148" r="2.6" />
    <circle className="button" cx="174" cy="148" r="2.6" />
  </svg>
);

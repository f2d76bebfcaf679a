/// The page's appearance; colours are named once for light and once for dark.
///
/// Text keeps a contrast of at least 4.5 : 1 against its ground in both.
enum StyleSheet {
  static let text = colours + page + parts + images + figures + paper

  private static let colours = """
    :root { color-scheme: light dark;
      --ground: #f6f7f8; --card: #ffffff; --ink: #1b2126; --soft: #566069; --line: #d9dee3;
      --accent: #0060a8; --notice: #fff4d6; --notice-ink: #5c4300; --track: #eceff2;
      --random: #6a7178; --good: #00664f; --bad: #b03a00;
      --arm0: #0060a8; --arm1: #c24e00; --arm2: #00795c; --arm3: #8a4b8f; --arm4: #8a6a00;
      --arm5: #33383d; }
    @media (prefers-color-scheme: dark) { :root {
      --ground: #12161a; --card: #1a2026; --ink: #e6eaee; --soft: #a3adb6; --line: #333c45;
      --accent: #6cb8f0; --notice: #33290d; --notice-ink: #f3dc9b; --track: #262e36;
      --random: #a0a8b0; --good: #55cfa8; --bad: #ff9b6b;
      --arm0: #6cb8f0; --arm1: #ff9b5e; --arm2: #4ccba0; --arm3: #d79bd9; --arm4: #e5c04a;
      --arm5: #d5dade; } }
    :root { --class1: #e69f00; --class2: #56b4e9; --class3: #00b484; --class4: #f0e442;
      --class5: #cc79a7; --class6: #d55e00; --class7: #b7a7f0; --class0: #ffffff; }
    .arm0 { --c: var(--arm0); } .arm1 { --c: var(--arm1); } .arm2 { --c: var(--arm2); }
    .arm3 { --c: var(--arm3); } .arm4 { --c: var(--arm4); } .arm5 { --c: var(--arm5); }
    .random { --c: var(--random); }
    .class0 { --c: var(--class0); } .class1 { --c: var(--class1); } .class2 { --c: var(--class2); }
    .class3 { --c: var(--class3); } .class4 { --c: var(--class4); } .class5 { --c: var(--class5); }
    .class6 { --c: var(--class6); } .class7 { --c: var(--class7); }

    """

  private static let page = """
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--ground); color: var(--ink);
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    main { max-width: 1040px; margin: 0 auto; padding: 0 20px 40px; }
    .statement { margin: 0; max-width: none; padding: 12px 24px; background: var(--notice);
      color: var(--notice-ink); text-align: center; }
    header { padding: 28px 0 4px; }
    h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 12px; letter-spacing: -0.01em; }
    h2 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 12px; }
    h3 { font-size: 1.05rem; margin: 24px 0 8px; }
    h4 { font-size: 0.85rem; margin: 0 0 6px; color: var(--soft); font-weight: 600; }
    p { margin: 0 0 10px; max-width: 76ch; }
    section { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
      padding: 22px 26px; margin: 20px 0; }
    .mode { font-size: 0.8rem; font-weight: 500; color: var(--soft); margin-left: 6px;
      border: 1px solid var(--line); border-radius: 99px; padding: 2px 10px;
      vertical-align: middle; }
    .note, figcaption, caption, footer { color: var(--soft); font-size: 0.86rem; }
    .note:empty { display: none; }
    footer { text-align: center; padding: 8px; }

    """

  private static let parts = """
    .facts { display: flex; flex-wrap: wrap; gap: 6px 28px; margin: 0 0 8px; }
    .facts dt { color: var(--soft); font-size: 0.78rem; }
    .facts dd { margin: 0; font-variant-numeric: tabular-nums; }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(270px, 1fr)); gap: 16px;
      margin-bottom: 8px; }
    .tile { border: 1px solid var(--line); border-left: 5px solid var(--accent);
      border-radius: 8px; padding: 14px 18px; }
    .tile h3 { margin: 0; font-size: 0.9rem; color: var(--soft); }
    .tile p { margin: 0 0 4px; font-size: 0.9rem; }
    .tile .ratio { font-size: 2.6rem; line-height: 1.15; font-weight: 650; color: var(--accent);
      font-variant-numeric: tabular-nums; letter-spacing: -0.02em; }
    .tile.unproven { border-left-color: var(--random); }
    .tile.unproven .ratio { color: var(--ink); }
    .tile .claim { font-weight: 600; font-size: 1rem; }
    .tile .caution { color: var(--soft); }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: 0.9rem;
      font-variant-numeric: tabular-nums; }
    caption { text-align: left; padding: 10px 0 8px; caption-side: top; }
    th, td { padding: 6px 8px; text-align: right; border-bottom: 1px solid var(--line);
      white-space: nowrap; }
    thead th { color: var(--soft); font-weight: 600; font-size: 0.8rem; vertical-align: bottom;
      white-space: normal; }
    thead th[colspan] { text-align: center; }
    thead th.left { text-align: left; }
    tbody th { text-align: left; font-weight: 500; }
    th[scope=rowgroup] { font-weight: 650; vertical-align: top; }
    tr.opens > * { border-top: 2px solid var(--line); }
    .dot, .key { display: inline-block; width: 10px; height: 10px; border-radius: 50%;
      background: var(--c); margin-right: 8px; }
    .key { border-radius: 2px; width: 14px; height: 14px; vertical-align: -2px; }
    .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 22px; padding: 0;
      margin: 8px 0; font-size: 0.9rem; }
    .legend span { color: var(--soft); }
    .swatch { width: 34px; height: 12px; margin-right: 8px; vertical-align: middle; }
    .confusion { width: auto; }
    .confusion td { text-align: center; min-width: 58px; border: 2px solid var(--card); }
    .confusion td.right { font-weight: 700; }
    .confusion thead td { border: 0; }
    .confusion td.recall { color: var(--soft); }
    .shade1 { --s: 6%; } .shade2 { --s: 11%; } .shade3 { --s: 16%; } .shade4 { --s: 21%; }
    .shade5 { --s: 26%; } .shade6 { --s: 31%; } .shade7 { --s: 36%; } .shade8 { --s: 40%; }
    .shade9 { --s: 44%; } .shade10 { --s: 48%; }
    .confusion td[class*=shade] { background: color-mix(in srgb, var(--accent) var(--s, 2%), \
    var(--card)); }
    .checklist th, .checklist td { text-align: left; white-space: normal; vertical-align: top; }
    .mark { font-weight: 600; white-space: nowrap; }
    .met .mark { color: var(--good); } .met .mark::before { content: "✓ "; }
    .open .mark { color: var(--bad); } .open .mark::before { content: "✗ "; }
    .none .mark { color: var(--soft); } .none .mark::before { content: "– "; }
    pre { background: var(--track); border-radius: 6px; padding: 12px 16px; overflow-x: auto;
      font: 0.8rem/1.45 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
    summary { cursor: pointer; color: var(--soft); }

    """

  private static let images = """
    .round { margin-bottom: 14px; }
    .thumbnails { display: grid; grid-template-columns: repeat(auto-fill, minmax(112px, 1fr));
      gap: 12px; }
    .thumbnails img { width: 100%; aspect-ratio: 1; object-fit: contain; background: #000;
      border-radius: 6px; display: block; }
    .thumbnails figcaption, .case figcaption { font-size: 0.78rem; line-height: 1.35;
      padding-top: 5px; }
    .thumbnails strong, .case strong { color: var(--ink); font-weight: 600; }
    .thumbnails figcaption > *, .case figcaption > * { display: block; }
    .cases { display: grid; grid-template-columns: repeat(auto-fill, minmax(128px, 1fr));
      gap: 16px; }
    .cases.triples { grid-template-columns: repeat(auto-fill, minmax(min(400px, 100%), 1fr));
      gap: 16px 24px; }
    .panels { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 4px; }
    .panels > div { position: relative; }
    .overlay { display: block; width: 100%; background: #000; border-radius: 5px; }
    .triples .panel { position: absolute; left: 5px; bottom: 5px; font-size: 0.7rem; color: #fff;
      background: rgba(0, 0, 0, 0.62); padding: 0 6px; border-radius: 4px; }
    .cases:not(.triples) .panel { display: none; }
    .tint { fill: var(--c); fill-opacity: 0.28; stroke: var(--c); stroke-width: 1.6px; }
    .case.wrong .overlay { outline: 3px solid var(--bad); outline-offset: -1px; }
    .right .verdict { color: var(--good); } .right .verdict::before { content: "✓ right: "; }
    .wrong .verdict { color: var(--bad); } .wrong .verdict::before { content: "✗ wrong: "; }
    .item { color: var(--soft); }
    figcaption span:empty { display: none; }

    """

  private static let figures = """
    figure { margin: 0; }
    figure.wide { margin: 12px 0; overflow-x: auto; }
    .pair { display: flex; flex-wrap: wrap; gap: 12px 44px; align-items: flex-start; }
    .pair:empty { display: none; }
    .pair figure { flex: 0 1 400px; }
    .figure { display: block; width: 100%; height: auto; }
    .wide .figure { min-width: 560px; }
    .figure text { font-size: 13px; fill: var(--ink); font-variant-numeric: tabular-nums; }
    .figure .tick, .figure .axis-name { fill: var(--soft); font-size: 12.5px; }
    .figure .group { font-weight: 650; }
    .figure .name { fill: var(--c); font-weight: 600; }
    .figure .reference-name { fill: var(--soft); font-size: 12.5px; }
    .grid { stroke: var(--line); stroke-width: 1; }
    .axis { stroke: var(--soft); stroke-width: 1; }
    .unity { stroke: var(--soft); stroke-width: 1.5; }
    .reference { stroke: var(--soft); stroke-width: 1.3; stroke-dasharray: 7 4; }
    .target { stroke: var(--soft); stroke-width: 1.1; stroke-dasharray: 1.5 4; }
    .mean { fill: none; stroke: var(--c); stroke-width: 2.6; stroke-linejoin: round; }
    .seed { fill: none; stroke: var(--c); stroke-width: 1; opacity: 0.42; }
    .marker { fill: var(--c); stroke: var(--card); stroke-width: 1.2; }
    .whisker { fill: none; stroke: var(--c); stroke-width: 2.2; stroke-linecap: round; }
    .bar { fill: var(--c); }
    .track { fill: var(--track); }
    .gap { stroke: var(--bad); stroke-width: 2; opacity: 0.55; }

    """

  private static let paper = """
    @media (max-width: 640px) { section { padding: 16px; } main { padding: 0 10px 24px; } }
    @media print {
      @page { margin: 14mm; }
      :root { color-scheme: light; --ground: #fff; --card: #fff; --ink: #000; --soft: #444;
        --line: #c8c8c8; --accent: #00508c; --notice: #fff; --notice-ink: #000; --track: #eee;
        --random: #666; --good: #00553f; --bad: #9c3300; --arm0: #0060a8; --arm1: #c24e00;
        --arm2: #00795c; --arm3: #8a4b8f; --arm4: #8a6a00; --arm5: #33383d; }
      body { font-size: 11pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
      .statement { border-bottom: 1px solid #888; }
      main { max-width: none; padding: 0; }
      section { border: 0; padding: 0; margin: 18px 0; }
      table { font-size: 8.5pt; } th, td { padding: 4px 6px; }
      h2, h3, h4, section > p, section > .facts, .legend { break-after: avoid; }
      figure, .tile, tr, .round, .case, .scroll { break-inside: avoid; }
      .tiles { grid-template-columns: 1fr 1fr; }
      .cases.triples { grid-template-columns: 1fr 1fr; }
      .thumbnails, .cases:not(.triples) { grid-template-columns: repeat(7, 1fr); gap: 8px; }
      .pair figure { flex-basis: 300px; }
      .scroll, figure.wide, pre { overflow: visible; } pre { white-space: pre-wrap; }
      .wide .figure { min-width: 0; }
    }
    """
}

/// The page's templates, by name.
enum Template {
  static let page = "page"

  static let all = [
    page: pageText, "headline": headline, "dataset": dataset, "images": images,
    "details": details,
  ]

  private static let pageText = """
    <!DOCTYPE html>
    <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <title>{{title}}</title>
    <style>
    {{{styleSheet}}}
    </style>
    </head>
    <body>
    <p class="statement">{{statement}}</p>
    <main>
    <header>
    <h1>{{title}}</h1>
    {{#hasFacts}}<dl class="facts">{{#facts}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>\
    {{/facts}}</dl>{{/hasFacts}}
    </header>
    {{#headline}}{{>headline}}{{/headline}}
    {{#datasets}}{{>dataset}}{{/datasets}}
    {{>details}}
    <footer>Research use only; not a medical device.</footer>
    </main>
    </body>
    </html>

    """

  private static let headline = """
    <section id="savings">
    <h2>Labels saved</h2>
    <div class="tiles">
    {{#tiles}}<div class="tile{{#isUnproven}} unproven{{/isUnproven}}">
    <h3>{{place}}</h3>
    <p class="ratio">{{ratio}}</p>
    <p class="claim">{{claim}}</p>
    <p>{{detail}}</p>
    {{#caution}}<p class="caution">{{.}}</p>{{/caution}}
    </div>{{/tiles}}
    </div>
    {{#forest}}<figure class="wide">{{{.}}}
    <figcaption>Saving against random selection at 95 % of the full-label score. Point: ratio of the \
    labels needed; line: 95 % interval; arrow: the truth may lie beyond.</figcaption></figure>{{/forest}}
    <div class="scroll"><table>
    <caption>Labels to 90, 95 and 98 % of the full-label score (median over seeds), and how many times \
    fewer than random selection.</caption>
    <thead><tr><th scope="col" rowspan="2" class="left">Data set</th>
    <th scope="col" rowspan="2" class="left">Arm</th>
    <th scope="colgroup" colspan="3">Labels to</th><th scope="colgroup" colspan="3">Saving at</th>
    <th scope="col" rowspan="2">Interval at 95 %</th><th scope="col" rowspan="2">Mean score</th>
    <th scope="col" rowspan="2">Gain</th><th scope="col" rowspan="2">Seeds</th></tr>
    <tr><th scope="col">90 %</th><th scope="col">95 %</th><th scope="col">98 %</th>
    <th scope="col">90 %</th><th scope="col">95 %</th><th scope="col">98 %</th></tr></thead>
    <tbody>
    {{#savings}}<tr{{#opens}} class="opens"{{/opens}}>
    {{#opens}}<th scope="rowgroup" rowspan="{{span}}">{{place}}</th>{{/opens}}
    <th scope="row"><span class="dot {{colour}}"></span>{{arm}}</th>
    {{#labels}}<td>{{.}}</td>{{/labels}}{{#savings}}<td>{{.}}</td>{{/savings}}
    <td>{{interval}}</td><td>{{area}}</td><td>{{gain}}</td><td>{{seeds}}</td></tr>
    {{/savings}}</tbody></table></div>
    <p class="note">Labels count whatever they were used for. ≤ and >: reached with the first budget, \
    or not with the last; a saving is then a bound, marked ≥ or ≤. Mean score: area under the curve \
    over log2 labels; gain: its difference to random selection, paired by seed.</p>
    </section>
    """

  private static let dataset = """
    <section id="{{anchor}}">
    <h2>{{name}} <span class="mode">{{mode}}</span></h2>
    {{#summary}}<p>{{.}}</p>{{/summary}}
    {{#hasAbout}}<dl class="facts">{{#about}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>\
    {{/about}}</dl>{{/hasAbout}}
    {{#curve}}<figure class="wide">
    <ul class="legend">{{#legend}}<li>{{{swatch}}}{{arm}} <span>({{seeds}})</span></li>{{/legend}}</ul>
    {{{figure}}}
    <figcaption>Learning curves on the test set: {{metric}} by number of labels. Thin: one seed each; \
    thick: their mean.</figcaption></figure>{{/curve}}
    {{>images}}
    {{#scores}}<figure class="wide"><h3>{{metric}} of each class</h3>{{{figure}}}</figure>{{/scores}}
    {{#hasPair}}<div class="pair">
    {{#confusion}}<div class="scroll"><h3>Truth and prediction</h3><table class="confusion">
    <caption>Rows: the truth; columns: the model's word; shaded by the share of the row.</caption>
    <thead><tr><td></td>{{#columns}}<th scope="col">{{.}}</th>{{/columns}}<th scope="col">Recall</th>\
    </tr></thead>
    <tbody>{{#rows}}<tr><th scope="row">{{truth}}</th>{{#cells}}<td class="shade{{shade}}\
    {{#isRight}} right{{/isRight}}">{{count}}</td>{{/cells}}<td class="recall">{{recall}}</td></tr>
    {{/rows}}</tbody></table></div>{{/confusion}}
    {{#reliability}}<figure><h3>Can confidence be believed?</h3>{{{.}}}
    <figcaption>Each point holds equally many test images. On the diagonal, confidence is the share \
    that is right; below it the model is too sure.</figcaption></figure>{{/reliability}}
    </div>{{/hasPair}}
    </section>
    """

  private static let images = """
    {{#picks}}<h3>Which images were chosen, and why</h3>
    <p class="note">{{words}}</p>
    {{#rounds}}<div class="round"><h4>{{heading}}</h4><div class="thumbnails">
    {{#images}}<figure><img src="{{{source}}}" alt="Image {{item}}"/>
    <figcaption><strong>{{reason}}</strong>{{#utility}}<span>utility {{.}}</span>{{/utility}}\
    {{#label}}<span class="label">answer: {{.}}</span>{{/label}}<span class="item">image {{item}}</span>\
    </figcaption></figure>{{/images}}
    </div></div>{{/rounds}}{{/picks}}
    {{#predictions}}<h3>What the model says about test images</h3>
    {{#isSegmentation}}<ul class="legend">{{#classes}}<li><span class="key {{hue}}"></span>{{key}}</li>\
    {{/classes}}</ul>{{/isSegmentation}}
    <div class="cases{{#isSegmentation}} triples{{/isSegmentation}}">
    {{#cases}}<figure class="case {{outcome}}"><div class="panels">
    {{#panels}}<div>{{{picture}}}<span class="panel">{{panel}}</span></div>{{/panels}}</div>
    <figcaption>{{#verdict}}<strong>{{.}}</strong>{{/verdict}}{{#answer}}<span class="verdict">{{.}}</span>{{/answer}}\
    <span>{{remark}}</span><span class="item">image {{item}}</span></figcaption></figure>{{/cases}}
    </div>{{/predictions}}
    """

  private static let details = """
    {{#time}}<section id="time"><h2>Computing time</h2>
    <p>{{total}} in all.</p><figure class="wide">{{{figure}}}</figure></section>{{/time}}
    {{#hasChecklist}}<section id="pitfalls"><h2>Pitfalls of such studies</h2>
    <table class="checklist"><caption>What a reader should check, and how it stands here.</caption>
    <thead><tr><th scope="col">Claim</th><th scope="col">Holds</th><th scope="col">Remark</th></tr></thead>
    <tbody>{{#checklist}}<tr class="{{state}}"><th scope="row">{{claim}}</th><td><span class="mark">\
    {{word}}</span></td><td>{{note}}</td></tr>{{/checklist}}</tbody></table></section>{{/hasChecklist}}
    {{#hasSettings}}<section id="settings"><h2>Settings and versions</h2>
    {{#hasVersions}}<dl class="facts">{{#versions}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>\
    {{/versions}}</dl>{{/hasVersions}}
    {{#settings}}<details open="open"><summary>Configuration as it ran</summary><pre>{{.}}</pre>\
    </details>{{/settings}}</section>{{/hasSettings}}
    """
}

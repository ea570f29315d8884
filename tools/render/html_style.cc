#include "tools/render/charts/chart.h"
#include "tools/render/html_internal.h"
#include "tools/render/markup.h"

namespace trede::render {

namespace {

// Every pair of colours has a contrast of at least 4.5 for words and 3 for lines that mean
// something.
constexpr const char* kScreen = R"(
*{box-sizing:border-box}
html{font:100%/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
color:#1a1f26;background:#fff}
body{max-width:76rem;margin:0 auto;padding:2rem 1.5rem 4rem}
a{color:#1b4f8a}
:focus-visible{outline:3px solid #1b4f8a;outline-offset:3px}
.overslaan{position:absolute;left:-100vw}.overslaan:focus{position:static}
header{border-top:.5rem solid #1b4f8a;padding-top:1.5rem}
h1{font-size:2rem;line-height:1.2;margin:.75rem 0 1rem;overflow-wrap:break-word}
.heel{white-space:nowrap}
h2{font-size:1.4rem;line-height:1.3;margin:3.5rem 0 1rem;padding-bottom:.4rem;
border-bottom:2px solid #1b4f8a;overflow-wrap:break-word}
h3{font-size:1rem;margin:0 0 .5rem}
p{max-width:46rem;margin:0 0 .8rem}
.status{display:inline-block;margin:0;padding:.1rem .7rem;border:2px solid #8a4b00;color:#8a4b00;
font-weight:600}
.status.vastgesteld{border-color:#1d6b45;color:#1d6b45}
.melding{padding:.6rem .9rem;border-left:.3rem solid #8a4b00;background:#fff6ea}
dl{margin:0}dd{margin:0}dt{font-weight:600}
.kerngegevens{display:flex;flex-wrap:wrap;gap:.4rem 2.5rem;margin-bottom:1.2rem}
.kerngegevens dt{font-weight:400;font-size:.85rem;color:#57606a}
nav h2{margin-top:2.5rem}nav ol{columns:20rem;padding:0;margin:0;list-style:none}
nav li{break-inside:avoid;padding:.15rem 0}
.tabellen{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,34rem),1fr));
gap:0 3rem}
.blad{margin:0 0 2.8rem;min-width:0}.blad.alleen{grid-column:1/-1}
.rol{overflow-x:auto;padding:.2rem}
table{border-collapse:collapse;min-width:min(100%,34rem)}
caption{text-align:left;font-weight:600;font-size:1.05rem;padding:0 0 .5rem}
th,td{padding:.34rem .8rem;text-align:right;vertical-align:top;border-bottom:1px solid #d0d7de;
font-variant-numeric:tabular-nums}
thead th,thead td{vertical-align:bottom;border-bottom:2px solid #57606a;background:#f3f6f9}
th:first-child,td:first-child,th.tekst,td.tekst{text-align:left}
tbody th{font-weight:400;min-width:11rem;max-width:26rem}
tr.totaal>*{font-weight:600;border-top:2px solid #57606a}
th.totaal,td.totaal{font-weight:600}
tr.deel th{padding-left:2rem}tr.deel>*,th.deel,td.deel{color:#444c56}
tr.kop th{font-weight:600;text-align:left;padding-top:1rem;background:#fff}
td{white-space:nowrap}td.geen{color:#57606a;white-space:normal}
td.tekst{white-space:normal;min-width:9rem}
td.gunstig{color:#14573a}td.ongunstig{color:#9c1f1f}
.oordeel{font-size:.8em;margin-right:.5em}
.noot{font-size:.88rem;color:#444c56;margin:.5rem 0 0;width:0;min-width:100%}
figure{margin:1.4rem 0 0}figcaption{font-weight:600;margin-bottom:.5rem}
figure .rol svg{min-width:42rem;max-width:60rem}
.toelichting{margin-top:1.2rem;padding:.8rem 1.1rem;border-left:.3rem solid #1b4f8a;
background:#f3f6f9;max-width:60rem}
.toelichting dd+dt{margin-top:.8rem}.toelichting p{margin:.15rem 0}
.begrippen>div{display:grid;grid-template-columns:minmax(12rem,18rem) 1fr;gap:0 1.5rem;
padding:.45rem 0;border-bottom:1px solid #d0d7de}
.herkomst>div{display:grid;grid-template-columns:9rem 1fr;gap:0 1.5rem;padding:.2rem 0}
.begrippen dd,.herkomst dd{overflow-wrap:anywhere}
.eenheid{color:#57606a}
@media (max-width:40rem){
body{padding:1rem 1rem 3rem}h1{font-size:1.5rem}h2{margin-top:2.5rem}
.begrippen>div,.herkomst>div{display:block}th,td{padding:.3rem .55rem}tbody th{min-width:8rem}
}
)";

// Wide tables are set smaller; a row is never cut, a table only when it is longer than a sheet.
constexpr const char* kPaper = R"(
@media print{
html{font-size:10pt}body{max-width:none;padding:0}
.overslaan{display:none}a{color:inherit;text-decoration:none}
nav{break-after:page}nav ol{columns:2}
h2,h3,caption,figcaption,section>p,.toelichting dt{break-after:avoid}
h2{margin-top:1.5rem}
.samen,figure,tr,.melding,.toelichting,.toelichting dd,.begrippen>div,.herkomst{break-inside:avoid}
.tabellen{gap:0 2rem}.blad{margin-bottom:1.6rem}.rol{overflow:visible;padding:0}
th,td{padding:.2rem .6rem}thead{display:table-header-group}
table.breed{font-size:8pt}table.breed th,table.breed td{padding:.18rem .4rem}
table.zeer-breed{font-size:6.4pt;width:100%}
table.zeer-breed th,table.zeer-breed td{padding:.15rem .22rem}
.zeer-breed tbody th,.breed tbody th{min-width:0}
.zeer-breed thead th{overflow-wrap:anywhere;hyphens:auto}
figure{break-before:avoid}figure .rol svg{min-width:0;max-width:19cm}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
)";

}  // namespace

std::string page_style(const std::string& foot) {
  const std::string small = ";font:8pt system-ui,sans-serif;color:#57606a}";
  return kScreen + std::string(kChartStyle) + kPaper +
         "@page{size:A4 landscape;margin:14mm 15mm 16mm;@bottom-left{content:" + css_string(foot) +
         small + "@bottom-right{content:\"Pagina \" counter(page) \" van \" counter(pages)" +
         small + "}";
}

}  // namespace trede::render

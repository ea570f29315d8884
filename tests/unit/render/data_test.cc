#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/unit/render/small_report.h"
#include "tools/render/render.h"

namespace trede::render {
namespace {

constexpr const char* kHead =
    "sectie,tabel,rij,kolom,rij_titel,kolom_titel,waarde,eenheid,toestand,oordeel,delen\n";

TEST(ReportCsv, HasOneCellPerLine) {
  EXPECT_EQ(report_csv(small_report()),
            std::string(kHead) +
                "s,t,drie,eind,Trede 3,31-03-2021,1021,aantal,getal,,\n"
                "s,t,drie,pct,Trede 3,%,12.1,procent,getal,,\n"
                "s,t,ntb,eind,\"N.t.b., \"\"nieuw\"\"\",31-03-2021,,aantal,nvt,,\n"
                "s,t,ntb,pct,\"N.t.b., \"\"nieuw\"\"\",%,,aantal,geen_gegevens,,\n"
                "s,t,oud,eind,Oud,31-03-2021,0,aantal,getal,,\n"
                "s,t,oud,pct,Oud,%,,aantal,leeg,,\n");
}

TEST(ReportCsv, HoldsWordsDaysPartsAndWhatWasSaid) {
  EXPECT_EQ(report_csv(full_report()),
            std::string(kHead) +
                "s,t,kop,n,Regulier,Aantal,,aantal,leeg,,\n"
                "s,t,kop,w,Regulier,Afspraak,,aantal,leeg,,\n"
                "s,t,kop,o,Regulier,Opmerking,,aantal,leeg,,\n"
                "s,t,een,n,Eén,Aantal,-131,aantal,getal,ongunstig,\n"
                "s,t,een,w,Eén,Afspraak,200,aantal,getal,,75 + 125\n"
                "s,t,een,o,Eén,Opmerking,2021-03-31,aantal,dag,,\n"
                "s,t,een,toelichting/1/tekst,Eén,Toelichting,\"Te weinig, \"\"ook\"\" nu.\",aantal,"
                "tekst,,\n"
                "s,t,een,toelichting/1/aanleiding,Eén,Aanleiding,Oorzaak.,aantal,tekst,,\n"
                "s,t,een,toelichting/1/verwachting,Eén,Verwachting,Later meer.,aantal,tekst,,\n"
                "s,t,deel,n,waarvan jong,Aantal,,aantal,onderdrukt,,\n"
                "s,t,deel,w,waarvan jong,Afspraak,7,aantal,getal,,\n"
                "s,t,deel,o,waarvan jong,Opmerking,ok,aantal,tekst,,\n"
                "s,t,tot,n,Totaal,Aantal,9,aantal,getal,gunstig,\n"
                "s,t,tot,w,Totaal,Afspraak,207,aantal,getal,,\n"
                "s,t,tot,o,Totaal,Opmerking,klopt,aantal,tekst,gunstig,\n");
}

TEST(ReportJson, HoldsEveryCellWithItsState) {
  EXPECT_EQ(
      report_json(small_report(), {"nu"}),
      R"({"rapport":"proef","titel":"Proef & meer","definitie":"1","van":"2021-01-01",)"
      R"("tm":"2021-03-31","bekend_op":"nu","positie":42,"catalogus":"","waar":"","generatie":0,)"
      R"("boomkop":"","vastgesteld":null,"onderdrukt":false,"secties":[{"id":"s",)"
      R"("titel":"Overzicht","tabellen":[{"id":"t","titel":"Trajecten","kolommen":[{"id":"eind",)"
      R"("titel":"31-03-2021"},{"id":"pct","titel":"%"}],"rijen":[{"id":"drie",)"
      R"("titel":"Trede 3","cellen":[{"kolom":"eind","waarde":1021,"eenheid":"aantal",)"
      R"("toestand":"getal","gedrukt":"1.021"},{"kolom":"pct","waarde":12.1,)"
      R"("eenheid":"procent","toestand":"getal","gedrukt":"12,1%"}]},{"id":"ntb",)"
      R"("titel":"N.t.b., \"nieuw\"","cellen":[)"
      R"({"kolom":"eind","waarde":null,"eenheid":"aantal","toestand":"nvt",)"
      R"("gedrukt":"n.v.t."},{"kolom":"pct","waarde":null,"eenheid":"aantal",)"
      R"("toestand":"geen_gegevens","gedrukt":"geen gegevens"}]},{"id":"oud",)"
      R"("titel":"Oud","cellen":[{"kolom":"eind","waarde":0,"eenheid":"aantal",)"
      R"("toestand":"getal","gedrukt":"0"},{"kolom":"pct","waarde":null,"eenheid":"aantal",)"
      R"("toestand":"leeg"}]}],"noot":"Alleen <trede> 3."}]}],"begrippen":[]})"
      "\n");
}

TEST(ReportJson, CarriesAllThatTheReportHolds) {
  const std::string json = report_json(full_report(), {"nu"});
  EXPECT_TRUE(boost::json::parse(json).is_object());
  for (const char* part : {
           R"("catalogus":"2021.2","waar":"gemeente=Velsen","generatie":3,"boomkop":"00ff",)"
           R"("vastgesteld":{"positie":50,"moment":"2021-04-12T07:00:00.000000Z"},)"
           R"("onderdrukt":true)",
           R"("tekst":"Een begin.\nEn verder.")",
           R"("titel":"Regulier","stijl":"kop")",
           R"({"kolom":"n","waarde":-131,"eenheid":"aantal","toestand":"getal","gedrukt":"−131",)"
           R"("oordeel":"ongunstig"})",
           R"x("toestand":"getal","gedrukt":"200 (75 + 125)","delen":"75 + 125"})x",
           R"("waarde":"2021-03-31")",
           R"("toelichtingen":[{"tekst":"Te weinig, \"ook\" nu.","aanleiding":"Oorzaak.",)"
           R"("verwachting":"Later meer."}])",
           R"("waarde":"klopt","eenheid":"aantal","toestand":"tekst","gedrukt":"klopt",)"
           R"("oordeel":"gunstig"})",
           R"("begrippen":[{"naam":"trajecten","titel":"Trajecten","definitie":)"
           R"("Wie in traject is.",)"
           R"("eenheid":"personen"}])",
       }) {
    EXPECT_NE(json.find(part), std::string::npos) << part << "\n" << json;
  }
}

}  // namespace
}  // namespace trede::render

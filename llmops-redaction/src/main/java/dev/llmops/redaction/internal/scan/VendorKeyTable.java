package dev.llmops.redaction.internal.scan;

/** The shapes of vendors' keys, in the notation of {@link KeyShape}. */
public final class VendorKeyTable {

    /** One shape a line. */
    public static final String SHAPES = """
            sk- a32+ w0+
            sk-proj- w20+
            sk-svcacct- w20+
            sk-admin- w20+
            sk-None- w20+
            sk-ant- w20+
            sk-or-v1- w20+
            sk-lf- w20+
            lsv2_pt_ v32+
            lsv2_sk_ v32+
            ls__ a16+
            pplx- a40+
            hf_ a34
            api_org_ a34
            gsk_ a40+
            xai- a40+
            r8_ a37
            fw_ #2 a22+
            nvapi- w40+
            jina_ a32+ v0+
            pa- #3 w40+
            tvly- w20+
            tgp_v1_ w20+
            esecret_ a20+
            ark- #6 w36-42
            bce-v3/ALTAK- a20+ '/ x40
            AKIA u16
            ASIA u16
            ABIA u16
            ACCA u16
            A3T u17
            ABSK b100+ =
            bedrock-api-key- b40+ =
            amzn.mws. w36
            AIza w35+
            ya29. w10+
            GOCSPX- w28
            LTAI a12-30
            AKID a32-40
            AQVN w35-38
            t1. w20+ = '. w86 =
            dapi x32
            dapi x32 '- d1
            dop_v1_ x64
            doo_v1_ x64
            dor_v1_ x64
            ghp_ a36+
            gho_ a36+
            ghu_ a36+
            ghs_ a36+
            ghs_ d1-12 '_eyJ w20+ '. w20+ '. w20+
            ghr_ a36+
            github_pat_ v36+
            glpat- w20+
            glpat- w27-300 '. a9
            glpat- w20-300 '. a2 '. a9
            glrt- w20+
            glrt- w27-300 '. a9
            glrt- w20-300 '. a2 '. a9
            gldt- w20+
            glptt- w40+
            gloas- w64+
            glcbt- w20+
            glimt- w25+
            glsoat- w20+
            glagent- w50+
            glft- w20+
            glffct- w20+
            glwt- w20+
            GR1348941 w20+
            ATATT3 t100+
            ATCTT3 t100+
            ATBB #2 a28+
            xoxb- #3 w10+
            xoxp- #3 w10+
            xoxa- #1 w10+
            xoxo- d6+ '- d5+ '- d5+ '- x10+
            xoxs- #3 w10+
            xoxr- #1 w10+
            xoxe- #3 w10+
            xoxe- d1 '- a100+
            xoxc- #3 w10+
            xoxd- #3 w20+
            xoxe.xoxb- #3 w10+
            xoxe.xoxb- d1 '- a100+
            xoxe.xoxp- #3 w10+
            xoxe.xoxp- d1 '- a100+
            xwfp- #3 w10+
            xapp- d1 '- w10+
            hooks.slack.com/services/ b20+
            hooks.slack.com/workflows/ b20+
            hooks.slack.com/triggers/ b20+
            http://hooks.slack.com/services/ b20+
            https://hooks.slack.com/services/ b20+
            https://hooks.slack.com/workflows/ b20+
            https://hooks.slack.com/triggers/ b20+
            https://discord.com/api/webhooks/ d17-20 '/ w40+
            https://discordapp.com/api/webhooks/ d17-20 '/ w40+
            sk_live_ a10+
            sk_test_ a10+
            sk_prod_ a10+
            rk_live_ a10+
            rk_test_ a10+
            rk_prod_ a10+
            whsec_ b20+ =
            rzp_live_ a14+
            rzp_test_ a14+
            sq0atp- w22+
            sq0csp- w22+
            sq0idp- w22+
            EAAA #1 w50-60
            EAAB a100+
            EAAC a100+
            EAAG a100+
            EAAM a100+
            EAACEdEose0cBA a20+
            shpat_ x32
            shpca_ x32
            shppa_ x32
            shpss_ x32
            shippo_live_ x40
            shippo_test_ x40
            duffel_live_ t40+
            duffel_test_ t40+
            EZAK a54
            EZTK a54
            FLWSECK_TEST- w12+
            FLWSECK- w12+
            FLWPUBK_TEST- w12+
            npm_ a36+
            pypi-AgE w40+
            rubygems_ x48
            CLOJARS_ a60
            dckr_pat_ w20+
            SG. w16-32 '. w32-64
            xkeysib- x64 '- a16
            xsmtpsib- x64 '- a16
            key- x32
            glc_ b32+ =
            glsa_ a32 '_ x8
            eyJrIjoi b70+ =
            NRAK- a27
            NRII- w32
            NRJS- x19
            dt0c01. a24 '. a64
            sntryu_ x64
            sntrys_eyJ b40+ =
            sntrys_eyJ b40+ = '_ b40+
            phx_ a40+
            hvs. w24+
            hvb. w24+
            hvr. w24+
            pul- x40
            HRKU-AA w58
            rnd_ #2 a24+
            nfp_ a36+
            fo1_ w43
            fm1r_ b100+ =
            fm1a_ b100+ =
            fm2_ b100+ =
            sbp_ x40
            sb_secret_ w20+
            pscale_tkn_ t32+
            pscale_oauth_ t32+
            pscale_pw_ t32+
            AVNS_ w16+
            tskey-auth- w15+
            tskey-api- w15+
            tskey-client- w15+
            dnkey- w60+
            dp.pt. a40+
            dp.ct. a40+
            dp.scim. a40+
            ops_eyJ b100+ =
            A3- u6 '- u11 '- u5 '- u5 '- u5
            A3- u6 '- u6 '- u5 '- u5 '- u5 '- u5
            AGE-SECRET-KEY-1 u58
            sha256~ w43
            sgp_ x40
            sgp_ x16 '_ x40
            sgp_local_ x40
            AKCp a69
            cmVmd a59
            p8e- a32
            ico- a32
            API- u26
            4b1d a38
            v1.0- x24 '- x146
            PMAK- x24 '- x34
            lin_api_ a40
            lin_oauth_ x64
            ntn_ a40+
            secret_ a43
            figd_ w40+
            CFPAT- w43
            CCIPAT_ a22 '_ x40
            bkua_ x40
            pat-na1- w36
            pat-eu1- w36
            pat a14 '. x64
            pk. a60 '. a22
            pk.eyJ w40+ '. w20+
            sk.eyJ w40+ '. w20+
            webhook.office.com/webhookb2/ w36 '@ w36 '/IncomingWebhook/ x32 '/ w36
            sc_ a5-30 '. a4-6 '.acc w11-33 '. t30+
            ext_ a5-30 '. a4-6 '.acc w11-33 '. t30+
            scauth_ a5-30 '. a4-6 '.acc w11-33 '. t30+
            authress_ a5-30 '. a4-6 '.acc w11-33 '. t30+
            ZXlK b80+ =
            YCA w37
            YCM w37
            YCN w37
            YCO w37
            YCP w37
            squ_ x40
            sqp_ x40
            sqa_ x40
            pat. w22 '. a24 '. a20
            sat. w22 '. a24 '. a20
            tk-us- w48
            fio-u- w64
            rdme_ a70
            pnu_ a36
            sm_aat_ a16
            sm_pat_ a16
            sm_sat_ a16
            s-s4t2ud- x64
            s-s4t2af- x64
            sl. w60+
            tfp_ t59
            bot d8-10 ':A w34
            aio_ a28
            oauth: a30
            """;

    private VendorKeyTable() {}
}

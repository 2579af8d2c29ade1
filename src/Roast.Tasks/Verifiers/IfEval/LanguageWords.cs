namespace Roast.Tasks;

/// <summary>Common words of languages, and letters that set one apart from the others of its script. Chosen by hand for this project.</summary>
internal static class LanguageWords
{
    internal static readonly Dictionary<string, (string[] Common, string Letters)> All = new()
    {
        ["en"] = (Words("the of and to in a is that for it with as was on are by this be from at you your i my we our have has not or an will can if but they their what all there so would no do about"), ""),
        ["de"] = (Words("der die und das ist in den von zu mit sich nicht ein eine auf für dem des im auch ich sie wir als an werden wird sind wie haben aus bei oder einer einen dass"), "äöüß"),
        ["fr"] = (Words("le la les de des et est en un une du que qui dans pour pas sur au avec ce il elle nous vous sont par plus je ne se mais ou cette être"), "çêèàùœ"),
        ["es"] = (Words("el la los las de y en que es un una del por con para se no su al como más pero lo sus le ha este esta son fue muy yo mi"), "ñ¿¡"),
        ["pt"] = (Words("o a os as de e em que é um uma do da dos das no na por com para se não mais como mas ao foi são seu sua você eu muito também"), "ãõ"),
        ["it"] = (Words("il la lo gli le di e in che è un una del della dei per con non si sono da come più ma al alla nel questo questa ha io anche delle"), "ìò"),
        ["nl"] = (Words("de het een en van is in dat op te met voor niet zijn aan die er als ook door maar bij uit naar om deze wordt heeft ik je"), ""),
        ["sv"] = (Words("och att det som en på är av för med den till inte om ett han men var jag sig från vi så kan när de har eller"), "å"),
        ["fi"] = (Words("ja on ei se että en oli olla mutta kun niin hän minä sinä tämä joka ovat myös tai kuin voi jos vain mitä ole sen hyvä"), ""),
        ["pl"] = (Words("i w na z nie do się to jest że o jak ale po co za od przez dla tak jego już lub oraz są być"), "łąęśźżćń"),
        ["tr"] = (Words("ve bir bu da de için ile olarak çok daha olan gibi var ama ne kadar ben sen o değil en ya mi"), "ığş"),
        ["vi"] = (Words("và của là có trong không một được cho người này với các những đã để khi tôi bạn như từ về ra sẽ đó"), "ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"),
        ["id"] = (Words("yang dan di dengan untuk dari ini itu dalam pada adalah tidak ke akan oleh saya anda juga atau karena ada bisa kami"), ""),
        ["sw"] = (Words("na ya wa kwa ni katika za la cha kama hii hiyo lakini au yake watu sana pia kuwa mimi wewe yangu ili vya mwa huu hilo kila wake moja"), ""),
        ["ru"] = (Words("и в не на что я с он как это но по из у за от для мы вы так же все они было быть или его к о"), "ыэё"),
        ["uk"] = (Words("і в не на що я з як це та але до за від для ми ви так все вони було бути або його є у"), "іїєґ"),
        ["bg"] = (Words("и в на да е се за не от с са по че като до но ще той тя ако или това през при към аз ни си както един"), ""),
        ["ar"] = (Words("في من على إلى أن هذا هذه التي الذي عن مع كان لا ما هو هي كل أو ثم قد لم إن بين كما"), "ةىأإ"),
        ["fa"] = (Words("در و به از که این را با است برای آن یک می خود تا بر هم های شود ها شما ما من یا باید"), "پچژگ"),
        ["ur"] = (Words("کے میں کی ہے اور سے کا کو اس یہ کہ ہیں پر نے ایک بھی نہیں جو تو لیے آپ وہ کر تھا ہم گیا"), "ٹڈڑےںھہ"),
        ["hi"] = (Words("के में की है और से का को इस यह कि हैं पर ने एक भी नहीं जो तो लिए आप वह कर था हम हो गया ये"), ""),
        ["mr"] = (Words("आणि आहे या मध्ये च्या तो ती ते हे एक नाही आहेत व केली होते होता त्यांनी मी तुम्ही आम्ही साठी पण असे तर करण्यासाठी खूप"), "ळ"),
        ["ne"] = (Words("र मा को छ हो यो का लागि गर्न छन् भने पनि एक तर हुन्छ गर्नुहोस् म तपाईं हामी थियो गरेको यस वा छु हुन"), ""),
    };

    internal static readonly string[] Latin = ["en", "de", "fr", "es", "pt", "it", "nl", "sv", "fi", "pl", "tr", "vi", "id", "sw"];
    internal static readonly string[] Cyrillic = ["ru", "uk", "bg"];
    internal static readonly string[] Arabic = ["ar", "fa", "ur"];
    internal static readonly string[] Devanagari = ["hi", "mr", "ne"];

    static string[] Words(string list) => list.Split(' ');
}

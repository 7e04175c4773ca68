/** What a campaign's page says. Places, norms and offices are real; the households and their story are invented. */
export interface CampaignText {
  readonly slug: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly summaryVi: string;
  readonly summaryEn: string;
  /** Paragraphs apart by an empty line. */
  readonly storyVi: string;
  readonly storyEn: string;
}

const story = (...paragraphs: readonly string[]) => paragraphs.join("\n\n");

/** Texts by campaign id. */
export const TEXTS: Readonly<Record<string, CampaignText>> = {
  MC1: {
    slug: "bo-sinh-san-ma-cooi",
    titleVi: "Bò sinh sản cho 30 hộ xã Mà Cooi",
    titleEn: "Breeding cows for 30 households in Mà Cooi",
    summaryVi:
      "30 hộ nghèo, cận nghèo và mới thoát nghèo, chia ba nhóm. Mỗi hộ nhận hai bò cái; bê cái đầu lòng chuyển cho hộ vòng sau.",
    summaryEn:
      "30 poor, near-poor and newly non-poor households in three groups. Each gets two cows; the first heifer calf goes on to a household of the next round.",
    storyVi: story(
      "Ở Mà Cooi, rẫy dốc cho một vụ lúa, còn lại là keo và măng theo mùa. Con bò là vốn liếng duy nhất một nhà có thể bán khi con vào đại học hay khi có người đau nặng, và cũng là thứ khó mua nhất.",
      "Kế hoạch 9295 tính hai bò cái cho một hộ, bình quân 20 triệu đồng một con. Ủy ban nhân dân xã nhận tiền, lập phương án, cùng đơn vị kết nghĩa đi chọn mua và nghiệm thu. Giá ghi trên trang này là giá thật của từng con, cao hay thấp hơn định mức đều có lý do.",
      "Ba nhóm hộ đã họp, bầu trưởng nhóm và ký cam kết: bê cái đầu tiên đủ mười hai tháng thì chuyển cho hộ trong danh sách vòng hai. Ai cho tiền vòng một cũng thấy được con bê ấy đi đâu.",
    ),
    storyEn: story(
      "In Mà Cooi the slopes give one rice crop; the rest is acacia, and bamboo shoots in season. A cow is the one thing a family can sell when a child goes to college or someone falls ill, and the hardest thing to buy.",
      "Plan 9295 counts two cows a household at 20 million đồng each on average. The commune People's Committee receives the money, draws up the plan, and chooses and accepts the animals together with its twin. The prices on this page are what each cow really cost; when one is over the norm, the reason stands beside it.",
      "The three groups have met, elected leaders and signed: the first heifer calf goes, at twelve months, to a household on the list of round two. Whoever gave in round one can see where that calf went.",
    ),
  },
  TH1: {
    slug: "de-sinh-san-tr-hy",
    titleVi: "Dê sinh sản cho 30 hộ vùng biên Tr'Hy",
    titleEn: "Breeding goats for 30 border households in Tr'Hy",
    summaryVi:
      "Xã biên giới, đồi dốc hợp nuôi dê hơn bò. 30 hộ, mỗi hộ năm dê cái; dê con cái đủ sáu tháng chuyển tiếp cho hộ vòng hai.",
    summaryEn:
      "A border commune whose slopes suit goats better than cattle. 30 households, five does each; female kids go on at six months.",
    storyVi: story(
      "Từ trung tâm huyện lên Tr'Hy là đường đèo, mùa mưa có ngày không xe nào qua được. Bò khó lên, cỏ cho bò cũng thiếu; dê thì leo được và ăn được lá rừng.",
      "Chiến dịch hỏi đúng theo định mức: năm dê một hộ, bình quân bốn triệu đồng một con, ba mươi hộ. Dê được mua trong vùng để khỏi lạ nước, tiêm phòng trước khi bàn giao, đeo thẻ tai có mã công khai.",
      "Từ ngày 01/7/2025 xã Tr'Hy nhập vào xã Hùng Sơn. Sổ sách của chiến dịch đi tiếp ở xã mới; trang này giữ nguyên tên cũ và chỉ rõ chỗ nối.",
    ),
    storyEn: story(
      "The road up to Tr'Hy is a mountain pass, and in the rains there are days when nothing gets through. Cattle are hard to bring and hard to feed there; goats climb, and live on leaves.",
      "The campaign asks exactly by the norm: five goats a household, four million đồng each on average, thirty households. The goats are bought in the region so that they know the water, vaccinated before hand-over, and tagged with a public code.",
      "On 1 July 2025 Tr'Hy became part of Hùng Sơn commune. The campaign's books go on there; this page keeps the old name and shows where the two join.",
    ),
  },
  PL1: {
    slug: "de-sinh-san-phuoc-loc",
    titleVi: "Dê sinh sản cho 50 hộ xã Phước Lộc",
    titleEn: "Breeding goats for 50 households in Phước Lộc",
    summaryVi:
      "Chiến dịch dê lớn nhất của kế hoạch: 250 con cho 50 hộ. Đi chậm vì đường xa, mua từng đợt nhỏ, đợt nào bàn giao xong mới mua tiếp.",
    summaryEn:
      "The plan's largest goat campaign: 250 animals for 50 households. It goes slowly, in small purchases, each one handed over before the next.",
    storyVi: story(
      "Phước Lộc nằm sâu phía nam huyện Phước Sơn cũ. Nhà nào cũng có nương, ít nhà có chuồng; nhóm hộ quyết định làm chuồng trước, nhận dê sau.",
      "Vì vậy tiền về xã từng đợt. Mỗi đợt mua khoảng ba mươi con, tập huấn xong, chuồng xong, dê mới lên. Tiền mua không hết quay lại tài khoản xã ngay trong tuần và nằm ở đó cho đợt sau.",
      "Xã Phước Lộc nay thuộc xã Phước Thành. Còn hơn một trăm sáu mươi con nữa mới đủ cho tất cả các hộ trong danh sách.",
    ),
    storyEn: story(
      "Phước Lộc lies deep in the south of the former Phước Sơn district. Every house has a field, few have a pen; the groups decided to build pens first and take goats after.",
      "So the money comes to the commune in parts. Each purchase is some thirty goats: training done, pens done, then the goats. What a purchase does not use is back on the commune's account within the week, and waits for the next.",
      "Phước Lộc is now part of Phước Thành commune. More than a hundred and sixty goats are still missing for the households on the list.",
    ),
  },
  DT1: {
    slug: "to-det-tho-cam-ta-bhinh",
    titleVi: "Khung dệt và sợi cho tổ dệt thổ cẩm Tà Bhinh",
    titleEn: "Looms and yarn for the brocade weavers of Tà Bhinh",
    summaryVi:
      "Hai mươi phụ nữ Cơ Tu lập tổ hợp tác dệt. Họ cần tám khung dệt, sợi và cườm cho vụ đầu, tủ trưng bày và nhãn hàng.",
    summaryEn:
      "Twenty Cơ Tu women have formed a weaving team. They need eight looms, yarn and beads for the first season, a display cabinet and labels.",
    storyVi: story(
      "Thổ cẩm cườm của người Cơ Tu dệt trên khung đeo lưng, một tấm mất cả tháng. Tổ hợp tác muốn giữ cách dệt ấy và thêm tám khung đứng để làm khăn, túi bán được quanh năm.",
      "Kế hoạch 9295 xếp dệt thổ cẩm vào nhóm sản phẩm chế biến được ưu tiên khởi nghiệp. Tổ đã đăng ký kinh doanh và có nơi nhận hàng, đúng điều kiện của mô hình.",
      "Tất cả đã được giao trong năm 2023. Trang này giữ lại để ai đã góp còn tra được khoản của mình.",
    ),
    storyEn: story(
      "Cơ Tu beaded brocade is woven on a back-strap loom; one piece takes a month. The team wants to keep that way of weaving and add eight standing looms for scarves and bags that sell all year.",
      "Plan 9295 lists brocade weaving among the local products that start-ups may be supported for. The team is registered as a business and has a buyer, as the model requires.",
      "Everything was handed over in 2023. The page stays so that whoever gave can still follow the gift.",
    ),
  },
  TB1: {
    slug: "bo-sinh-san-tra-bui",
    titleVi: "Bò sinh sản cho 25 hộ xã Trà Bui",
    titleEn: "Breeding cows for 25 households in Trà Bui",
    summaryVi:
      "Năm mươi bò cái cho 25 hộ ven lòng hồ. Hơn một nửa đã về tới chuồng; chiến dịch còn mở đến hết năm 2026.",
    summaryEn:
      "Fifty cows for 25 households by the reservoir. More than half are home; the campaign is open until the end of 2026.",
    storyVi: story(
      "Trà Bui mất nhiều ruộng thấp từ khi có hồ thủy điện. Cỏ trên các vạt đồi thì còn, nên nhóm hộ chọn bò.",
      "Hộ nào nhận bò phải có chuồng khô, có nửa sào cỏ trồng, và dự hai buổi tập huấn của cán bộ thú y. Danh sách 25 hộ niêm yết tại trụ sở xã trước khi mua.",
      "Một bò cái chết vì trượt dốc cuối năm 2024. Biên bản có chữ ký của trưởng thôn và thú y; khoản lỗ nằm nguyên trong sổ, không ai bù lén.",
    ),
    storyEn: story(
      "Trà Bui lost much of its low paddy when the reservoir came. There is still grass on the slopes, so the groups chose cattle.",
      "A household that takes cows needs a dry shed, a patch of planted grass, and two sessions with the animal health officer. The list of 25 was put up at the commune office before anything was bought.",
      "One cow died in a fall late in 2024. The minutes are signed by the village head and the vet; the loss stands in the ledger, and nobody has quietly made it up.",
    ),
  },
  TL1: {
    slug: "de-sinh-san-tra-leng",
    titleVi: "Dê sinh sản cho 25 hộ xã Trà Leng",
    titleEn: "Breeding goats for 25 households in Trà Leng",
    summaryVi:
      "125 dê cái cho 25 hộ, ba nhóm. 75 con đã bàn giao; hộ còn lại đã làm xong chuồng và đang chờ.",
    summaryEn:
      "125 does for 25 households in three groups. 75 have been handed over; the other households have built their pens and are waiting.",
    storyVi: story(
      "Trà Leng trồng quế, mười năm mới bóc vỏ một lần. Dê là thứ có thể bán trong năm, để nhà không phải bán quế non.",
      "Nhóm hộ bầu trưởng nhóm là một hội viên nông dân đã nuôi dê thạo. Anh giữ dê đực giống chung và ghi sổ sinh cho cả nhóm.",
      "Từ 01/7/2025 mã của xã đã đổi, tên Trà Leng nay chỉ một xã rộng hơn. Các bút toán trước ngày đó giữ mã cũ.",
    ),
    storyEn: story(
      "Trà Leng grows cinnamon, and the bark is cut once in ten years. Goats can be sold within the year, so that a family need not sell its trees young.",
      "The groups elected as leader a member of the Farmers' Union who knows goats. He keeps the shared buck and the birth register.",
      "On 1 July 2025 the commune's code changed, and the name Trà Leng now means a larger commune. Entries before that day keep the old code.",
    ),
  },
  KD1: {
    slug: "bo-sinh-san-ka-dang",
    titleVi: "Bò sinh sản cho 20 hộ xã Ka Dăng",
    titleEn: "Breeding cows for 20 households in Ka Dăng",
    summaryVi:
      "Bốn mươi bò cái cho 20 hộ, đã giao đủ. Một phần tiền là khoản vượt mục tiêu của chiến dịch Mà Cooi chuyển sang.",
    summaryEn:
      "Forty cows for 20 households, all handed over. Part of the money is what the Mà Cooi campaign had over its goal.",
    storyVi: story(
      "Ka Dăng là xã liền kề Mà Cooi. Khi chiến dịch Mà Cooi nhận quá mục tiêu, phần dư được chuyển sang đây bằng một quyết định và một bút toán ai cũng xem được.",
      "Hai mươi hộ chia hai nhóm, mỗi nhóm một trưởng nhóm. Bê cái đủ mười hai tháng chuyển cho hộ vòng hai; những con đầu tiên đã đi trong năm 2026.",
      "Từ 01/7/2025 Ka Dăng và Mà Cooi cùng thuộc xã Bến Hiên.",
    ),
    storyEn: story(
      "Ka Dăng is the commune next to Mà Cooi. When the Mà Cooi campaign received more than its goal, the surplus came here by a decision and an entry that anyone can read.",
      "Twenty households in two groups, each with a leader. Heifer calves go on at twelve months; the first went in 2026.",
      "Since 1 July 2025 Ka Dăng and Mà Cooi have both been part of Bến Hiên commune.",
    ),
  },
  TR1: {
    slug: "lop-boi-duong-phuoc-nang",
    titleVi: "Sáu lớp bồi dưỡng cho cán bộ xã, thôn ở Phước Năng",
    titleEn: "Six classes for commune and village staff in Phước Năng",
    summaryVi:
      "Bốn lớp tin học và dịch vụ công, hai lớp thú y cơ sở. Cả sáu lớp đã mở, học viên đến từ các xã quanh vùng.",
    summaryEn:
      "Four classes in computing and public services, two in village animal health. All six have been held, with learners from the communes around.",
    storyVi: story(
      "Một sổ theo dõi đàn không ai ghi thì không có con bê nào được trao lại. Mô hình thứ ba của kế hoạch lo cho người ghi sổ: cán bộ xã và thôn.",
      "Lớp tin học dạy nhập số liệu, tra cứu văn bản, làm thủ tục trên cổng dịch vụ công. Lớp thú y dạy tiêm phòng, đỡ đẻ, nhận bệnh sớm và lập biên bản khi vật nuôi chết.",
      "Mỗi lớp bốn mươi người, ba ngày, có danh sách ký tên và bài thu hoạch. Chi phí là tài liệu, giảng viên, tiền xe và bữa trưa.",
    ),
    storyEn: story(
      "A herd book that nobody keeps passes on no calf. The plan's third model is for those who keep the book: the commune's and the villages' own staff.",
      "The computing classes teach entering figures, finding documents and using the public service portal. The animal health classes teach vaccination, calving, spotting disease early, and writing minutes when an animal dies.",
      "Each class has forty people for three days, with a signed list and a piece of work at the end. The cost is papers, teachers, travel and lunch.",
    ),
  },
  GR1: {
    slug: "de-sinh-san-ga-ri",
    titleVi: "Dê sinh sản cho 20 hộ xã Ga Ri",
    titleEn: "Breeding goats for 20 households in Ga Ri",
    summaryVi:
      "Tiền chuyển thẳng vào tài khoản của Ủy ban nhân dân xã. 60 trên 100 dê đã giao cho 12 hộ; còn thiếu hơn một trăm triệu đồng.",
    summaryEn:
      "Money goes straight to the commune People's Committee's account. 60 of 100 goats have reached 12 households; a good hundred million đồng is missing.",
    storyVi: story(
      "Ga Ri giáp Lào, cách chợ gần nhất nửa ngày xe. Xã mở tài khoản riêng cho chiến dịch để người cho chuyển thẳng, không qua ai.",
      "Mỗi dòng sao kê của tài khoản ấy là một khoản ủng hộ trên trang này. Dòng nào không đọc được mã thì nằm ở mục chờ xác minh, có mặt trong sổ nhưng chưa ai được chi.",
      "Sau ngày 01/7/2025 xã Hùng Sơn tiếp nhận chiến dịch và mở tài khoản mới. Xin đừng chuyển vào số cũ.",
    ),
    storyEn: story(
      "Ga Ri borders Laos and is half a day's drive from the nearest market. The commune opened an account for this campaign alone, so that gifts go there directly.",
      "Every line of that account's statement is a gift on this page. A line whose code cannot be read waits in suspense: it stands in the ledger, and nobody may spend it yet.",
      "After 1 July 2025 Hùng Sơn commune took the campaign over and opened a new account. Please do not use the old number.",
    ),
  },
  LD1: {
    slug: "bo-sinh-san-la-dee",
    titleVi: "Bò sinh sản cho 50 hộ xã La Dêê",
    titleEn: "Breeding cows for 50 households in La Dêê",
    summaryVi:
      "Xã biên giới, 50 hộ nghèo và cận nghèo trong năm nhóm. Mỗi hộ nhận hai bò cái; bê cái đầu lòng chuyển cho hộ kế tiếp trong nhóm.",
    summaryEn:
      "A border commune: 50 poor and near-poor households in five groups. Each gets two cows; the first heifer calf goes to the next household of the group.",
    storyVi: story(
      "La Dêê có cửa khẩu, có đường lớn, mà nhiều nhà trong thôn vẫn chưa có một con bò. Đây là chiến dịch bò lớn nhất của kế hoạch: một trăm con, năm mươi hộ, hai tỷ đồng.",
      "Năm nhóm, mỗi nhóm mười hộ và một trưởng nhóm do dân bầu. Xã mua theo đợt mười con một, có đơn vị kết nghĩa và phòng chuyên môn cùng nghiệm thu. Giá bò biên giới lên trong hai năm qua nên nhiều con cao hơn định mức; lý do ghi ở từng con.",
      "Ai cho năm chục nghìn cũng có phần trong một con bò có số thẻ, và xem được con ấy đang ở nhóm nào, đã đẻ chưa.",
    ),
    storyEn: story(
      "La Dêê has a border gate and a good road, and still many houses in its villages have no cow. This is the plan's largest cattle campaign: a hundred cows, fifty households, two billion đồng.",
      "Five groups of ten households, each with a leader the people elected. The commune buys ten or so at a time; the twin and the technical offices take part in accepting them. Prices near the border have risen for two years, so many cows cost more than the norm; the reason is given for each.",
      "Whoever gives fifty thousand đồng has a part in one tagged cow, and can see which group keeps it and whether it has calved.",
    ),
  },
  VM1: {
    slug: "thon-kieu-mau-song-kon",
    titleVi: "Bốn tiêu chí thôn kiểu mẫu ở Sông Kôn",
    titleEn: "Four criteria of a model village in Sông Kôn",
    summaryVi:
      "Đèn đường, nước tự chảy, nhà sinh hoạt và chỗ thu gom rác. Dân góp công, đơn vị kết nghĩa và người ủng hộ góp tiền vật tư.",
    summaryEn:
      "Street lights, gravity-fed water, the community house and a place for waste. The people give their labour; the twin and donors pay for materials.",
    storyVi: story(
      "Mô hình thứ tư của kế hoạch không phát tiền cho hộ mà giúp thôn đạt từng tiêu chí. Ở Sông Kôn, thôn chọn bốn việc trong cuộc họp toàn dân và xếp thứ tự.",
      "Việc đầu tiên, hai mươi trụ đèn pin mặt trời, đã xong cuối năm 2025. Đường ống nước về 62 hộ đang làm. Hai việc còn lại chờ đủ tiền.",
      "Tiền chuyển vào tài khoản của xã. Mỗi việc xong có biên bản nghiệm thu, ảnh và chữ ký của ban công tác thôn.",
    ),
    storyEn: story(
      "The plan's fourth model gives households no money; it helps a village meet criteria one by one. In Sông Kôn the village meeting chose four tasks and put them in order.",
      "The first, twenty solar street lights, was finished late in 2025. The pipe to 62 homes is being laid. The other two wait for money.",
      "Gifts go to the commune's account. Each finished task has acceptance minutes, pictures, and the signature of the village committee.",
    ),
  },
  SG1: {
    slug: "may-say-mang-tra-giap",
    titleVi: "Máy sấy măng cho tổ hợp tác phụ nữ Trà Giáp",
    titleEn: "Bamboo-shoot dryers for the women's team of Trà Giáp",
    summaryVi:
      "Mùa măng chỉ hai tháng, măng tươi bán rẻ. Mười lăm hộ góp vốn làm tổ hợp tác, cần máy sấy, máy thái và bao bì lô đầu.",
    summaryEn:
      "The season lasts two months and fresh shoots sell cheap. Fifteen households have formed a team and need dryers, a slicer and the first packaging.",
    storyVi: story(
      "Mười cân măng tươi được một cân măng khô, và một cân măng khô bán bằng mười lăm cân măng tươi. Cái thiếu là máy: phơi nắng thì mưa là hỏng.",
      "Tổ hợp tác do phụ nữ trong xã lập, có đăng ký kinh doanh và hợp đồng bao tiêu với một cửa hàng đặc sản, đúng điều kiện của mô hình khởi nghiệp.",
      "Chiến dịch mới mở đầu năm 2026. Chưa có đồng nào được chi.",
    ),
    storyEn: story(
      "Ten kilos of fresh shoots make one of dried, and that one sells for what fifteen fresh ones bring. What is missing is a machine: dried in the sun, a day of rain spoils the lot.",
      "The team was formed by women of the commune. It is registered and has a contract with a shop, as the start-up model requires.",
      "The campaign opened early in 2026. Nothing has been spent yet.",
    ),
  },
  TG1: {
    slug: "bo-sinh-san-tra-giap",
    titleVi: "Bò sinh sản cho 25 hộ xã Trà Giáp",
    titleEn: "Breeding cows for 25 households in Trà Giáp",
    summaryVi:
      "Chiến dịch bò đầu tiên mở sau khi sáp nhập xã. Năm mươi bò cái cho 25 hộ; tiền đợt đầu đã về xã, đang chọn nơi mua.",
    summaryEn:
      "The first cattle campaign opened after the merger. Fifty cows for 25 households; the first money has reached the commune, which is choosing where to buy.",
    storyVi: story(
      "Xã Trà Giáp mới gồm hai xã cũ. Ban kết nghĩa của xã khảo sát lại từ đầu: hộ nào còn nghèo, hộ nào có chuồng, đồi nào còn cỏ.",
      "Danh sách 25 hộ sẽ niêm yết trước khi mua con bò đầu tiên. Số tiền đã nhận và đã chuyển về xã có ở đây từng ngày.",
    ),
    storyEn: story(
      "The new Trà Giáp was two communes. Its twinning team has surveyed again from the start: who is still poor, who has a shed, where there is grass.",
      "The list of 25 households will be put up before the first cow is bought. What has come in and what has been paid to the commune is here day by day.",
    ),
  },
  TT1: {
    slug: "de-sinh-san-tra-tap",
    titleVi: "Dê sinh sản cho 25 hộ xã Trà Tập",
    titleEn: "Breeding goats for 25 households in Trà Tập",
    summaryVi: "125 dê cái cho 25 hộ trên vùng núi cao. Mới nhận được hơn một phần năm; chưa chi.",
    summaryEn:
      "125 does for 25 households high in the mountains. A little over a fifth has come in; nothing is spent.",
    storyVi: story(
      "Trà Tập mới gồm Trà Tập và Trà Cang cũ, đường lên nhiều thôn chỉ đi được xe máy. Xã chọn dê vì nuôi được trên đất dốc và bán được quanh năm.",
      "Chiến dịch cần năm trăm triệu đồng theo định mức. Mỗi bốn triệu là một con dê có tên trong sổ.",
    ),
    storyEn: story(
      "The new Trà Tập is the old Trà Tập and Trà Cang; a motorbike is the only way up to many villages. The commune chose goats because they live on steep ground and sell all year.",
      "By the norm the campaign needs five hundred million đồng. Every four million is one goat with a place in the ledger.",
    ),
  },
};

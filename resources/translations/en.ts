<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>关于</source>
        <translation>About</translation>
    </message>
    <message>
        <source>综合交通运行协调指挥中心操作台</source>
        <translation>Desk of the transport operations coordination centre</translation>
    </message>
    <message>
        <source>客户端 {version} · 后端 {server}</source>
        <translation>Client {version} · Backend {server}</translation>
    </message>
    <message>
        <source>许可:Apache License 2.0;第三方许可见 THIRD-PARTY-NOTICES.md</source>
        <translation>Licence: Apache License 2.0; third-party licences in THIRD-PARTY-NOTICES.md</translation>
    </message>
    <message>
        <source>路网与地名:© OpenStreetMap contributors,ODbL 1.0</source>
        <translation>Roads and names: © OpenStreetMap contributors, ODbL 1.0</translation>
    </message>
    <message>
        <source>数据目录:{folder}</source>
        <translation>Data folder: {folder}</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>ActBar</name>
    <message>
        <source>全部操作</source>
        <translation>All actions</translation>
    </message>
    <message>
        <source>其他状态下的操作,以及现在不可用的原因</source>
        <translation>Actions of other states, and why they are not available now</translation>
    </message>
    <message>
        <source>打开目标事件</source>
        <translation>Open target case</translation>
    </message>
    <message>
        <source>此状态来自更新的服务器,本版本没有可用的操作。请升级客户端。</source>
        <translation>This state comes from a newer server; this version has no actions for it. Please upgrade the client.</translation>
    </message>
    <message>
        <source>此事件已并入 {number} {title}</source>
        <translation>Merged into {number} {title}</translation>
    </message>
    <message>
        <source>此事件已结束,没有下一步操作。</source>
        <translation>This case has ended; there is no next step.</translation>
    </message>
</context>
<context>
    <name>ActForm</name>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Put aside</translation>
    </message>
    <message>
        <source>Esc,已填内容保留</source>
        <translation>Esc; what you have filled in is kept</translation>
    </message>
    <message>
        <source>Ctrl+Enter 提交</source>
        <translation>Ctrl+Enter to submit</translation>
    </message>
    <message>
        <source>请勾选确认</source>
        <translation>Please tick to confirm</translation>
    </message>
</context>
<context>
    <name>Action</name>
    <message>
        <source>查找</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>布局</source>
        <translation>Layout</translation>
    </message>
    <message>
        <source>席位</source>
        <translation>Seat</translation>
    </message>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>搜索与命令</source>
        <translation>Search and commands</translation>
    </message>
    <message>
        <source>道路、桩号、路口、坐标、摄像机、事件、命令</source>
        <translation>Roads, stakes, junctions, coordinates, cameras, cases, commands</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>关闭打开的表单,取消选中</source>
        <translation>Close the open form, clear the selection</translation>
    </message>
    <message>
        <source>态势布局</source>
        <translation>Situation layout</translation>
    </message>
    <message>
        <source>事件布局</source>
        <translation>Case layout</translation>
    </message>
    <message>
        <source>视频布局</source>
        <translation>Video layout</translation>
    </message>
    <message>
        <source>调整面板位置</source>
        <translation>Arrange panels</translation>
    </message>
    <message>
        <source>显示每个面板的页签,可拖动、合并、浮动到其他屏幕</source>
        <translation>Show the tab of each panel to drag, merge or float it to another screen</translation>
    </message>
    <message>
        <source>布局另存为</source>
        <translation>Save layout as</translation>
    </message>
    <message>
        <source>恢复默认布局</source>
        <translation>Reset layout</translation>
    </message>
    <message>
        <source>全屏</source>
        <translation>Full screen</translation>
    </message>
    <message>
        <source>切换深浅界面</source>
        <translation>Switch dark/light theme</translation>
    </message>
    <message>
        <source>锁定席位</source>
        <translation>Lock seat</translation>
    </message>
    <message>
        <source>遮住内容,接收与发送继续</source>
        <translation>Cover the content; receiving and sending go on</translation>
    </message>
    <message>
        <source>更换用户</source>
        <translation>Change user</translation>
    </message>
    <message>
        <source>静音或开启告警声</source>
        <translation>Mute or unmute alarms</translation>
    </message>
    <message>
        <source>偏好设置</source>
        <translation>Preferences</translation>
    </message>
    <message>
        <source>快捷键</source>
        <translation>Keyboard shortcuts</translation>
    </message>
    <message>
        <source>导出诊断包</source>
        <translation>Export diagnostics</translation>
    </message>
    <message>
        <source>日志、设置、版本与计数,不含密码</source>
        <translation>Logs, settings, versions and counts; no passwords</translation>
    </message>
    <message>
        <source>关于</source>
        <translation>About</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>地图查找</source>
        <translation>Find on map</translation>
    </message>
    <message>
        <source>查找道路、桩号、路口或坐标;在地图上按 Ctrl+F</source>
        <translation>Find a road, stake, junction or coordinate; Ctrl+F on the map</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>移动地图;也可拖动或双指滑动</source>
        <translation>Move the map; or drag, or slide two fingers</translation>
    </message>
    <message>
        <source>一点点移动,把目标放到地图中心</source>
        <translation>Move a little, to bring a thing to the middle</translation>
    </message>
    <message>
        <source>放大、缩小;也可滚轮、双指捏合或双击</source>
        <translation>Closer, farther; or wheel, pinch, double click</translation>
    </message>
    <message>
        <source>显示全部路网</source>
        <translation>The whole road network</translation>
    </message>
    <message>
        <source>选中下一起、上一起事件</source>
        <translation>Select the next or previous case</translation>
    </message>
    <message>
        <source>点击地图中心的目标;选点时选取地图中心</source>
        <translation>Click what is in the middle; when asked for a point, pick the middle</translation>
    </message>
    <message>
        <source>打开选中的事件或摄像机;选点时选取地图中心</source>
        <translation>Open the selected case or camera; when asked for a point, pick the middle</translation>
    </message>
    <message>
        <source>定位所选</source>
        <translation>Locate selection</translation>
    </message>
    <message>
        <source>所选事件周围的距离圈</source>
        <translation>Distance rings around the selected case</translation>
    </message>
    <message>
        <source>到图例、查找、图层、工具和坐标</source>
        <translation>To legend, find box, layers, tools, coordinates</translation>
    </message>
    <message>
        <source>复制光标处的坐标和桩号</source>
        <translation>Copy coordinates and stake at the cursor</translation>
    </message>
    <message>
        <source>回到地图;结束选点</source>
        <translation>Back to the map; end picking</translation>
    </message>
    <message>
        <source>新建地图窗口</source>
        <translation>New map window</translation>
    </message>
    <message>
        <source>再打开一个地图,有自己的视图和图层,可拖到其他屏幕</source>
        <translation>One more map with its own view and layers; it can be dragged to another screen</translation>
    </message>
    <message>
        <source>地图图层</source>
        <translation>Map layers</translation>
    </message>
    <message>
        <source>图层的显示、顺序、透明度、来源和时间</source>
        <translation>Which layers are shown, in which order, how opaque, their source and time</translation>
    </message>
    <message>
        <source>距离圈</source>
        <translation>Rings</translation>
    </message>
    <message>
        <source>所选事件周围的距离圈;在地图上按 R</source>
        <translation>Distance rings around the selected case; R on the map</translation>
    </message>
    <message>
        <source>把选中的事件或设备移到地图中央;在地图上按 L</source>
        <translation>Centre the map on the selected case or device; L on the map</translation>
    </message>
    <message>
        <source>地图全图</source>
        <translation>Show whole network</translation>
    </message>
    <message>
        <source>显示全部路网;在地图上按 Home</source>
        <translation>Show the whole network; Home on the map</translation>
    </message>
    <message>
        <source>下一起事件</source>
        <translation>Next case</translation>
    </message>
    <message>
        <source>在队列中选中下面一起</source>
        <translation>Select the next case in the queue</translation>
    </message>
    <message>
        <source>事件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>上一起事件</source>
        <translation>Previous case</translation>
    </message>
    <message>
        <source>在队列中选中上面一起</source>
        <translation>Select the previous case in the queue</translation>
    </message>
    <message>
        <source>接报</source>
        <translation>Report incident</translation>
    </message>
    <message>
        <source>记录新的来电或发现;写到一半的会接着写</source>
        <translation>Record a new call or finding; a half-typed report is continued</translation>
    </message>
    <message>
        <source>选中该号窗;两位数连续键入</source>
        <translation>Select the tile of this number; type two digits in a row</translation>
    </message>
    <message>
        <source>移到相邻的窗;放大时换下一路</source>
        <translation>Go to the next tile; to the next camera while one fills the wall</translation>
    </message>
    <message>
        <source>把选中的画面放大到整面墙,再按返回;也可双击</source>
        <translation>Fill the wall with the selected tile, and back; or double-click</translation>
    </message>
    <message>
        <source>固定选中的窗,事件联动和轮巡不占用</source>
        <translation>Pin the selected tile: incidents and tours leave it alone</translation>
    </message>
    <message>
        <source>清空选中的窗</source>
        <translation>Clear the selected tile</translation>
    </message>
    <message>
        <source>立即重新连接</source>
        <translation>Connect again now</translation>
    </message>
    <message>
        <source>在选中的画面上操作云台:拖动、滚轮、方向键、PgUp PgDn、数字</source>
        <translation>Steer the selected picture: drag, wheel, arrows, PgUp PgDn, digits</translation>
    </message>
    <message>
        <source>返回多画面;返回事件联动前的原画面</source>
        <translation>Back to all tiles; back to the wall before the incident</translation>
    </message>
    <message>
        <source>在摄像机列表中:上墙、收藏</source>
        <translation>In the camera list: put on the wall, keep as favourite</translation>
    </message>
    <message>
        <source>在轮巡表中:暂停、继续</source>
        <translation>In the tours: pause, resume</translation>
    </message>
    <message>
        <source>新建视频墙</source>
        <translation>New video wall</translation>
    </message>
    <message>
        <source>再打开一面视频墙,有自己的画面和布局,可拖到其他屏幕</source>
        <translation>Open another wall with its own cameras and layout; it can be moved to another screen</translation>
    </message>
    <message>
        <source>视频</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>视频返回原画面</source>
        <translation>Video: back to the earlier wall</translation>
    </message>
    <message>
        <source>结束放大或事件联动;在视频墙上按 Esc</source>
        <translation>End the enlarged view or the call-up; press Esc on the wall</translation>
    </message>
    <message>
        <source>选中下一台、上一台摄像机</source>
        <translation>Select the next or previous camera</translation>
    </message>
    <message>
        <source>提交、收起正在填写的操作</source>
        <translation>Send or put away the act being filled in</translation>
    </message>
</context>
<context>
    <name>Alarms</name>
    <message>
        <source>未确认 · 已响 {age}</source>
        <translation>Unacknowledged · for {age}</translation>
    </message>
    <message>
        <source>事件不存在或不可见</source>
        <translation>Case does not exist or is out of sight</translation>
    </message>
    <message>
        <source>未知人员</source>
        <translation>Unknown person</translation>
    </message>
    <message>
        <source>{name} {time} 确认</source>
        <translation>Acknowledged by {name} {time}</translation>
    </message>
</context>
<context>
    <name>AlarmsPanel</name>
    <message>
        <source>告警</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>只看未确认</source>
        <translation>Unacknowledged only</translation>
    </message>
    <message>
        <source>确认</source>
        <translation>Acknowledge</translation>
    </message>
    <message>
        <source>全部确认</source>
        <translation>Acknowledge all</translation>
    </message>
    <message>
        <source>查看事件</source>
        <translation>Open case</translation>
    </message>
    <message>
        <source>打开告警所属的事件 (Enter)</source>
        <translation>Open the alarm&apos;s case (Enter)</translation>
    </message>
    <message>
        <source>共 {count} 条</source>
        <translation>{count} in all</translation>
    </message>
    <message>
        <source>没有未确认的告警</source>
        <translation>No unacknowledged alarms</translation>
    </message>
    <message>
        <source>最近 24 小时没有告警</source>
        <translation>No alarms in the last 24 hours</translation>
    </message>
    <message>
        <source>时限将到、超时或有新情况时,这里会列出并响铃。</source>
        <translation>Limits that run out or have passed, and new events, are listed here and ring.</translation>
    </message>
    <message>
        <source>先选中一条告警</source>
        <translation>Select an alarm first</translation>
    </message>
    <message>
        <source>已确认</source>
        <translation>Already acknowledged</translation>
    </message>
    <message>
        <source>确认选中的告警 (空格)</source>
        <translation>Acknowledge the selected alarm (Space)</translation>
    </message>
    <message>
        <source>确认列表中全部未确认的告警</source>
        <translation>Acknowledge every unacknowledged alarm in the list</translation>
    </message>
    <message>
        <source>请先登录</source>
        <translation>Please sign in first</translation>
    </message>
    <message>
        <source>{count} 条告警未能确认:{why}</source>
        <translation>Alarms not acknowledged: {count}. {why}</translation>
    </message>
    <message>
        <source>已静音</source>
        <translation>Muted</translation>
    </message>
    <message>
        <source>响铃</source>
        <translation>Sound on</translation>
    </message>
    <message>
        <source>恢复响铃</source>
        <translation>Turn sound on</translation>
    </message>
    <message>
        <source>本席位静音;告警仍会列出</source>
        <translation>Mute this seat; alarms are still listed</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>地图不可用。请输入桩号、路口或坐标,位置一样有效。</source>
        <translation>The map is not available. Type a stake, junction or coordinate instead; it counts the same.</translation>
    </message>
    <message>
        <source>点击地图选取位置,Esc 取消</source>
        <translation>Click the map to pick the place; Esc cancels</translation>
    </message>
</context>
<context>
    <name>Attachments</name>
    <message>
        <source>粘贴图片 {time}</source>
        <translation>Pasted picture {time}</translation>
    </message>
    <message>
        <source>粘贴的图片没有存下来:{error}</source>
        <translation>The pasted picture was not saved: {error}</translation>
    </message>
    <message>
        <source>附件 {name} 没有加入:{why}</source>
        <translation>Attachment {name} was not added: {why}</translation>
    </message>
</context>
<context>
    <name>Calling</name>
    <message>
        <source>附近的摄像机已在固定窗上,或各窗均已固定</source>
        <translation>Nearby cameras are on pinned tiles, or every tile is pinned</translation>
    </message>
    <message>
        <source>事件附近没有可用的摄像机</source>
        <translation>No usable camera near the incident</translation>
    </message>
    <message>
        <source>事件位置未落到桩号或坐标,找不到附近的摄像机</source>
        <translation>The incident has no stake or coordinates yet: no nearby cameras can be found</translation>
    </message>
    <message>
        <source>事件联动:{where} {title},占用 {tiles} 号窗 · Esc 返回原画面</source>
        <translation>Incident: {where} {title}, on tiles {tiles} · Esc for the earlier wall</translation>
    </message>
    <message>
        <source>{tiles} 号窗:{where} {title}</source>
        <translation>Tiles {tiles}: {where} {title}</translation>
    </message>
</context>
<context>
    <name>Camera</name>
    <message>
        <source>至 {time}</source>
        <translation>until {time}</translation>
    </message>
    <message>
        <source>自 {time}</source>
        <translation>since {time}</translation>
    </message>
</context>
<context>
    <name>CameraFacts</name>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>码流</source>
        <translation>Stream</translation>
    </message>
    <message>
        <source>丢包</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>设备</source>
        <translation>Device</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Owner</translation>
    </message>
    <message>
        <source>点选一个窗口,这里显示它的摄像机。</source>
        <translation>Pick a tile; its camera is told here.</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>演示</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>未播放</source>
        <translation>not playing</translation>
    </message>
    <message>
        <source>主码流</source>
        <translation>Main stream</translation>
    </message>
    <message>
        <source>子码流</source>
        <translation>Sub-stream</translation>
    </message>
    <message>
        <source>未知</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>{count} 分钟</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>{count} 秒</source>
        <translation>{count} s</translation>
    </message>
    <message>
        <source>{share} %({over})</source>
        <translation>{share} % ({over})</translation>
    </message>
</context>
<context>
    <name>CameraList</name>
    <message>
        <source>按道路</source>
        <translation>By road</translation>
    </message>
    <message>
        <source>按节点</source>
        <translation>By node</translation>
    </message>
    <message>
        <source>收藏</source>
        <translation>Favourites</translation>
    </message>
    <message>
        <source>故障</source>
        <translation>Faults</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>名称、道路、桩号、编号</source>
        <translation>Name, road, stake, code</translation>
    </message>
    <message>
        <source>几个词用空格分开;↓ 进入列表,Enter 上墙,F 收藏</source>
        <translation>Words apart by spaces; ↓ to the list, Enter puts on the wall, F keeps as favourite</translation>
    </message>
    <message>
        <source>在线 {count}</source>
        <translation>online {count}</translation>
    </message>
    <message>
        <source>未知 {count}</source>
        <translation>unknown {count}</translation>
    </message>
    <message>
        <source>没有摄像机</source>
        <translation>No cameras</translation>
    </message>
    <message>
        <source>后台还没有送来视野内的摄像机。</source>
        <translation>The backend has not sent any camera in your sight yet.</translation>
    </message>
    <message>
        <source>没有符合的摄像机</source>
        <translation>No camera matches</translation>
    </message>
    <message>
        <source>清除搜索</source>
        <translation>Clear the search</translation>
    </message>
    <message>
        <source>还没有收藏</source>
        <translation>No favourites yet</translation>
    </message>
    <message>
        <source>在列表中按 F 或点星号收藏。</source>
        <translation>Press F in the list or click the star.</translation>
    </message>
    <message>
        <source>没有离线或故障的摄像机</source>
        <translation>No camera is offline or faulty</translation>
    </message>
    <message>
        <source>故障 {count}</source>
        <translation>faults {count}</translation>
    </message>
    <message>
        <source>云台</source>
        <translation>PTZ</translation>
    </message>
    <message>
        <source>已收藏</source>
        <translation>favourite</translation>
    </message>
    <message>
        <source>其他地点</source>
        <translation>Other places</translation>
    </message>
</context>
<context>
    <name>CameraView</name>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
</context>
<context>
    <name>CaseHeader</name>
    <message>
        <source>演示数据</source>
        <translation>Demo data</translation>
    </message>
    <message>
        <source>定位</source>
        <translation>Locate</translation>
    </message>
    <message>
        <source>在地图上显示该位置</source>
        <translation>Show this place on the map</translation>
    </message>
    <message>
        <source>第 {version} 版</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>临时号,尚未送达服务器</source>
        <translation>Provisional number, not yet on the server</translation>
    </message>
    <message>
        <source>来源 {source}</source>
        <translation>Source: {source}</translation>
    </message>
</context>
<context>
    <name>CasePage</name>
    <message>
        <source>修改要素</source>
        <translation>Amend facts</translation>
    </message>
    <message>
        <source>显示来电号码</source>
        <translation>Show caller&apos;s number</translation>
    </message>
    <message>
        <source>查看将被记录</source>
        <translation>Looking at it is logged</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>复制为文本</source>
        <translation>Copy as text</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>打印为 PDF</source>
        <translation>Print to PDF</translation>
    </message>
    <message>
        <source>事件内容</source>
        <translation>Case content</translation>
    </message>
    <message>
        <source>时间线</source>
        <translation>Timeline</translation>
    </message>
    <message>
        <source>附近</source>
        <translation>Nearby</translation>
    </message>
    <message>
        <source>报送</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>事件分页</source>
        <translation>Parts of the case</translation>
    </message>
    <message>
        <source>要素</source>
        <translation>Facts</translation>
    </message>
</context>
<context>
    <name>CasePanel</name>
    <message>
        <source>没有打开的事件</source>
        <translation>No case open</translation>
    </message>
    <message>
        <source>在事件队列或地图上选择一个事件,或按 F2 接报新事件。</source>
        <translation>Select a case in the queue or on the map, or press F2 to report a new one.</translation>
    </message>
    <message>
        <source>此事件不可见</source>
        <translation>This case is out of sight</translation>
    </message>
    <message>
        <source>它已不在本席位的权限范围内,或尚未同步到本机。</source>
        <translation>It is no longer within the rights of this seat, or has not been synced to it yet.</translation>
    </message>
    <message>
        <source>已复制事件文本</source>
        <translation>Case copied as text</translation>
    </message>
    <message>
        <source>打印为 PDF</source>
        <translation>Print to PDF</translation>
    </message>
    <message>
        <source>已写入 {path}</source>
        <translation>Written to {path}</translation>
    </message>
    <message>
        <source>PDF 没有写成:{error}。换一个位置再试。</source>
        <translation>The PDF was not written: {error}. Try another location.</translation>
    </message>
</context>
<context>
    <name>CaseText</name>
    <message>
        <source>【演示数据】</source>
        <translation>[Demo data]</translation>
    </message>
    <message>
        <source>状态 {state} · 责任人 {owner}</source>
        <translation>State: {state} · Owner: {owner}</translation>
    </message>
    <message>
        <source>{fact}:{text}</source>
        <translation>{fact}: {text}</translation>
    </message>
    <message>
        <source>{time} 前</source>
        <translation>by {time}</translation>
    </message>
    <message>
        <source>{report} → {recipient}:{end},{state}</source>
        <translation>{report} → {recipient}: {end}, {state}</translation>
    </message>
</context>
<context>
    <name>Cases</name>
    <message>
        <source>现在连不上服务器</source>
        <translation>The server cannot be reached right now</translation>
    </message>
</context>
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>请选择或输入</source>
        <translation>Choose or type</translation>
    </message>
    <message>
        <source>列表中没有“{text}”</source>
        <translation>&quot;{text}&quot; is not in the list</translation>
    </message>
</context>
<context>
    <name>ClockWatch</name>
    <message>
        <source>本机时钟快 {minutes} 分钟</source>
        <translation>The clock of this machine is {minutes} min fast</translation>
    </message>
    <message>
        <source>本机时钟慢 {minutes} 分钟</source>
        <translation>The clock of this machine is {minutes} min slow</translation>
    </message>
    <message>
        <source>{what},已按服务器时间计时,请校准</source>
        <translation>{what}. Server time is used; please set the clock</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>写备注,Ctrl+Enter 写入;可拖入或粘贴图片、文件</source>
        <translation>Write a note, Ctrl+Enter adds it; drop or paste pictures and files</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>附件</source>
        <translation>Attach</translation>
    </message>
    <message>
        <source>选择照片或文件</source>
        <translation>Choose photos or files</translation>
    </message>
    <message>
        <source>续接来电</source>
        <translation>Another call</translation>
    </message>
    <message>
        <source>同一事件的又一次来电或来源</source>
        <translation>One more call or source for this case</translation>
    </message>
    <message>
        <source>写入</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>事件已结束,请先重新打开</source>
        <translation>The case has ended; reopen it first</translation>
    </message>
    <message>
        <source>超出 {count} 字</source>
        <translation>Too long by {count} characters</translation>
    </message>
    <message>
        <source>正在加入 {count} 个文件…</source>
        <translation>Adding files: {count}…</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>处理冲突</source>
        <translation>Resolve conflict</translation>
    </message>
    <message>
        <source>按所选重新提交</source>
        <translation>Resubmit as chosen</translation>
    </message>
    <message>
        <source>撤销我的操作</source>
        <translation>Cancel my action</translation>
    </message>
    <message>
        <source>稍后处理</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>留在待发箱 (Esc)</source>
        <translation>Leave it in the outbox (Esc)</translation>
    </message>
    <message>
        <source>别的席位</source>
        <translation>Another seat</translation>
    </message>
    <message>
        <source>您提交之前,{who} 已改到第 {version} 版。没有内容丢失:逐项选择后重新提交。</source>
        <translation>{who} had changed the case to version {version} before your action arrived. Nothing is lost: choose item by item, then resubmit.</translation>
    </message>
    <message>
        <source>原来</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>我的修改</source>
        <translation>My change</translation>
    </message>
    <message>
        <source>对方现在</source>
        <translation>Theirs now</translation>
    </message>
    <message>
        <source>按现在的情况已不能再提交:{why}</source>
        <translation>No longer possible as things stand: {why}</translation>
    </message>
    <message>
        <source>还有 {count} 项要选择</source>
        <translation>Still to choose: {count}</translation>
    </message>
    <message>
        <source>全部采用对方的内容,我的操作就不必再提交了。</source>
        <translation>With everything as theirs, there is nothing left of my action to submit.</translation>
    </message>
    <message>
        <source>采用对方的内容</source>
        <translation>Take theirs</translation>
    </message>
</context>
<context>
    <name>Diagnostics</name>
    <message>
        <source>导出诊断包</source>
        <translation>Export diagnostics</translation>
    </message>
    <message>
        <source>诊断包已存到 {path},不含密码和令牌</source>
        <translation>Diagnostics saved to {path}, without passwords or tokens</translation>
    </message>
    <message>
        <source>诊断包没有写成:{problem}</source>
        <translation>Diagnostics not written: {problem}</translation>
    </message>
</context>
<context>
    <name>Duplicates</name>
    <message>
        <source>疑似重复,附近已有事件:</source>
        <translation>Possible duplicate of a case nearby:</translation>
    </message>
    <message>
        <source>并入已有事件</source>
        <translation>Add to this case</translation>
    </message>
    <message>
        <source>不新建,作为续接来电加到该事件</source>
        <translation>No new case: add the report as another call to this one</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>View</translation>
    </message>
</context>
<context>
    <name>DutyBanner</name>
    <message>
        <source>{report} 应在 {time} 前报{recipient}</source>
        <translation>{report} due by {time} to {recipient}</translation>
    </message>
</context>
<context>
    <name>DutyList</name>
    <message>
        <source>没有报送义务。定级后按规则生成,时限从接报时间起算。</source>
        <translation>No reports due. They follow from the level; their time counts from when the call came in.</translation>
    </message>
    <message>
        <source>时限 {time}</source>
        <translation>Due {time}</translation>
    </message>
    <message>
        <source>报出 {time}</source>
        <translation>Sent {time}</translation>
    </message>
    <message>
        <source>超时原因:{reason}</source>
        <translation>Late because: {reason}</translation>
    </message>
</context>
<context>
    <name>EditDialog</name>
    <message>
        <source>修改后重发</source>
        <translation>Edit and resend</translation>
    </message>
    <message>
        <source>重新提交</source>
        <translation>Resubmit</translation>
    </message>
    <message>
        <source>稍后处理</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>留在待发箱 (Esc)</source>
        <translation>Leave it in the outbox (Esc)</translation>
    </message>
</context>
<context>
    <name>EntryRow</name>
    <message>
        <source>展开全文({count} 字)</source>
        <translation>Show all ({count} characters)</translation>
    </message>
    <message>
        <source>复制这一条</source>
        <translation>Copy this entry</translation>
    </message>
    <message>
        <source>待发</source>
        <translation>Unsent</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>{camera} 现在没有画面,没有抓拍</source>
        <translation>{camera} has no picture now; no snapshot was taken</translation>
    </message>
    <message>
        <source>演示画面</source>
        <translation>Demo picture</translation>
    </message>
    <message>
        <source>录像已到最长时间,自动停止</source>
        <translation>The recording reached its longest time and stopped by itself</translation>
    </message>
    <message>
        <source>录像已到 25 MB 上限,自动停止</source>
        <translation>The recording reached the limit of 25 MB and stopped by itself</translation>
    </message>
    <message>
        <source>码流格式改变,录像自动停止</source>
        <translation>The format of the stream changed; the recording stopped by itself</translation>
    </message>
    <message>
        <source>{camera} 还没有收到可保存的视频</source>
        <translation>{camera} has not sent any video yet that could be saved</translation>
    </message>
    <message>
        <source>{camera} 的码流格式不能保存为录像</source>
        <translation>The stream format of {camera} cannot be saved as a clip</translation>
    </message>
    <message>
        <source>没有存下来:{reason}</source>
        <translation>It was not saved: {reason}</translation>
    </message>
</context>
<context>
    <name>EvidenceBar</name>
    <message>
        <source>抓拍入案</source>
        <translation>Snapshot to case</translation>
    </message>
    <message>
        <source>存入 {number} {title}</source>
        <translation>Into {number} {title}</translation>
    </message>
    <message>
        <source>先打开一起事件,抓拍和录像才有去处</source>
        <translation>Open an incident first: snapshots and clips go into it</translation>
    </message>
    <message>
        <source>当前画面连同设备编号和时间存入事件</source>
        <translation>Keep the present picture in the incident, with device number and time</translation>
    </message>
    <message>
        <source>从 30 秒前录起,到停止为止,存入事件</source>
        <translation>Record from 30 seconds ago until stopped, into the incident</translation>
    </message>
    <message>
        <source>停止录像 {span}</source>
        <translation>Stop {span}</translation>
    </message>
    <message>
        <source>录像 30 s</source>
        <translation>Record 30 s</translation>
    </message>
    <message>
        <source>已存入事件:{name}</source>
        <translation>Kept in the incident: {name}</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>事件列表</source>
        <translation>Cases</translation>
    </message>
</context>
<context>
    <name>FatalDialog</name>
    <message>
        <source>无法启动</source>
        <translation>Cannot start</translation>
    </message>
    <message>
        <source>已保存的内容和待发的操作都还在,没有丢失。</source>
        <translation>Everything saved and every unsent action is still there; nothing is lost.</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>这不是可显示的图片,将作为普通文件保存</source>
        <translation>Not a picture that can be shown; saved as a plain file</translation>
    </message>
    <message>
        <source>文件是空的</source>
        <translation>The file is empty</translation>
    </message>
    <message>
        <source>文件超过 25 MB</source>
        <translation>The file is larger than 25 MB</translation>
    </message>
    <message>
        <source>文件无法读取或保存:{reason}</source>
        <translation>The file cannot be read or saved: {reason}</translation>
    </message>
</context>
<context>
    <name>FilterPopup</name>
    <message>
        <source>类型</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>区划</source>
        <translation>District</translation>
    </message>
    <message>
        <source>路线</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>含已结案件</source>
        <translation>Include closed cases</translation>
    </message>
    <message>
        <source>清除</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>去掉这里的全部条件</source>
        <translation>Remove all conditions set here</translation>
    </message>
</context>
<context>
    <name>FindBox</name>
    <message>
        <source>查找道路、桩号、路口、坐标  Ctrl+F</source>
        <translation>Find road, stake, junction, coordinate  Ctrl+F</translation>
    </message>
    <message>
        <source>地图查找</source>
        <translation>Find on map</translation>
    </message>
    <message>
        <source>例如 G2 K110+300、海滨大道、渤海十路与珠江道、117.70, 38.98 (GCJ-02)</source>
        <translation>For example G2 K110+300, a road name, two crossing roads, 117.70, 38.98 (GCJ-02)</translation>
    </message>
    <message>
        <source>没有找到“{words}”。可输入路名、桩号(G2 K110+300)、路口或坐标。</source>
        <translation>&quot;{words}&quot; not found. Type a road name, stake (G2 K110+300), junction or coordinate.</translation>
    </message>
</context>
<context>
    <name>Following</name>
    <message>
        <source>这一片没有未结事件</source>
        <translation>No open case in view</translation>
    </message>
    <message>
        <source>所选事件没有坐标,地图上无法显示</source>
        <translation>The selected case has no coordinates and cannot be shown on the map</translation>
    </message>
</context>
<context>
    <name>Forms</name>
    <message>
        <source>情况已变,此操作现在不能提交:{why}。已填内容保留。</source>
        <translation>Things have changed; this cannot be submitted now: {why}. What you have filled in is kept.</translation>
    </message>
    <message>
        <source>{name} 刚修改了此事件(第 {old} → {new} 版)。已填内容保留,请核对后提交。</source>
        <translation>{name} has just changed this case (version {old} → {new}). What you have filled in is kept; check it before you submit.</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>显示 {panel}</source>
        <translation>Show {panel}</translation>
    </message>
</context>
<context>
    <name>GoingAlong</name>
    <message>
        <source>跟随的车辆已不在图上</source>
        <translation>The vehicle that was followed is no longer on the map</translation>
    </message>
    <message>
        <source>正在跟随 {what},Esc 停止</source>
        <translation>Following {what}, Esc to stop</translation>
    </message>
</context>
<context>
    <name>HazmatEditor</name>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>No</translation>
    </message>
    <message>
        <source>UN 编号</source>
        <translation>UN number</translation>
    </message>
    <message>
        <source>数量(吨)</source>
        <translation>Amount (t)</translation>
    </message>
    <message>
        <source>泄漏</source>
        <translation>Leak</translation>
    </message>
    <message>
        <source>起火</source>
        <translation>Fire</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>自</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>最后画面(本席)</source>
        <translation>Seen here</translation>
    </message>
    <message>
        <source>丢包(本席 5 分钟)</source>
        <translation>Loss here (5 min)</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Owner</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Code</translation>
    </message>
</context>
<context>
    <name>HealthActs</name>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Put aside</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>请先登录</source>
        <translation>Sign in first</translation>
    </message>
    <message>
        <source>先选中一台摄像机</source>
        <translation>Select a camera first</translation>
    </message>
</context>
<context>
    <name>HealthPanel</name>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>把列表中的摄像机存成 CSV 表格</source>
        <translation>Save the listed cameras as a CSV table</translation>
    </message>
    <message>
        <source>视频健康</source>
        <translation>Video health</translation>
    </message>
    <message>
        <source>名称、位置、编号、单位、状态</source>
        <translation>Name, place, code, owner, state</translation>
    </message>
    <message>
        <source>没有摄像机</source>
        <translation>No cameras</translation>
    </message>
    <message>
        <source>后台还没有送来视野内的摄像机。</source>
        <translation>The backend has not sent any camera in your sight yet.</translation>
    </message>
    <message>
        <source>没有符合的摄像机</source>
        <translation>No camera matches</translation>
    </message>
    <message>
        <source>清除搜索</source>
        <translation>Clear the search</translation>
    </message>
    <message>
        <source>没有这种状态的摄像机</source>
        <translation>No camera in this state</translation>
    </message>
</context>
<context>
    <name>HealthView</name>
    <message>
        <source>视频健康</source>
        <translation>Video health</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>伤亡与损失未达定级标准或未知({counts}),请按影响程度定级</source>
        <translation>Casualties and loss are unknown or below every criterion ({counts}): set the level by impact</translation>
    </message>
    <message>
        <source>按伤亡与损失({counts})建议 {level}</source>
        <translation>By casualties and loss ({counts}): {level} proposed</translation>
    </message>
    <message>
        <source>采用</source>
        <translation>Use</translation>
    </message>
    <message>
        <source>选此</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>附近没有疑似重复的事件,可输入编号或标题查找</source>
        <translation>No likely duplicate nearby; search by number or title</translation>
    </message>
</context>
<context>
    <name>HoverStill</name>
    <message>
        <source>静态 {time} · {age} 前</source>
        <translation>still {time} · {age} ago</translation>
    </message>
</context>
<context>
    <name>LanesEditor</name>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
</context>
<context>
    <name>LayerDetails</name>
    <message>
        <source>不透明度</source>
        <translation>Opacity</translation>
    </message>
    <message>
        <source>从此比例尺起显示</source>
        <translation>Shown from this scale on</translation>
    </message>
    <message>
        <source>到此比例尺为止显示</source>
        <translation>Shown up to this scale</translation>
    </message>
    <message>
        <source>比例尺</source>
        <translation>Scale</translation>
    </message>
    <message>
        <source>演示数据</source>
        <translation>Demo data</translation>
    </message>
</context>
<context>
    <name>LayerTree</name>
    <message>
        <source>恢复本角色默认图层</source>
        <translation>Back to the role&apos;s own layers</translation>
    </message>
    <message>
        <source>显示、顺序、透明度和比例尺回到角色的默认值</source>
        <translation>Visibility, order, opacity and scales as the role has them at first</translation>
    </message>
    <message>
        <source>上移一层 (Alt+↑)</source>
        <translation>Move up (Alt+↑)</translation>
    </message>
    <message>
        <source>下移一层 (Alt+↓)</source>
        <translation>Move down (Alt+↓)</translation>
    </message>
    <message>
        <source>关闭图层 (Esc)</source>
        <translation>Close the layers (Esc)</translation>
    </message>
    <message>
        <source>图层</source>
        <translation>Layers</translation>
    </message>
</context>
<context>
    <name>LayerView</name>
    <message>
        <source>图层</source>
        <translation>Layers</translation>
    </message>
</context>
<context>
    <name>Layout</name>
    <message>
        <source>态势</source>
        <translation>Situation</translation>
    </message>
    <message>
        <source>事件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>视频</source>
        <translation>Video</translation>
    </message>
</context>
<context>
    <name>Link</name>
    <message>
        <source>实时 {age} 秒</source>
        <translation>Live {age} s</translation>
    </message>
    <message>
        <source>滞后 {age}</source>
        <translation>Lagging {age}</translation>
    </message>
    <message>
        <source>离线 {age},操作先存在本机</source>
        <translation>Offline {age}; actions are kept on this machine</translation>
    </message>
    <message>
        <source>连接中 {age}</source>
        <translation>Connecting {age}</translation>
    </message>
    <message>
        <source>版本不兼容,请升级客户端</source>
        <translation>Incompatible version; please upgrade the client</translation>
    </message>
    <message>
        <source>未登录</source>
        <translation>Signed out</translation>
    </message>
</context>
<context>
    <name>LinkStatus</name>
    <message>
        <source>服务器连接不上</source>
        <translation>The server cannot be reached</translation>
    </message>
    <message>
        <source>服务器没有应答</source>
        <translation>The server does not answer</translation>
    </message>
    <message>
        <source>连接中断</source>
        <translation>The connection was lost</translation>
    </message>
    <message>
        <source>本机服务正在启动</source>
        <translation>The service on this machine is starting</translation>
    </message>
    <message>
        <source>服务器证书不受信任,请检查证书设置</source>
        <translation>The server certificate is not trusted; check the certificate settings</translation>
    </message>
    <message>
        <source>代理服务器连接不上,请检查代理设置</source>
        <translation>The proxy cannot be reached; check the proxy settings</translation>
    </message>
    <message>
        <source>登录已失效,请重新登录</source>
        <translation>Your sign-in has expired; please sign in again</translation>
    </message>
    <message>
        <source>密码已更改,请重新登录</source>
        <translation>The password has changed; please sign in again</translation>
    </message>
    <message>
        <source>客户端与服务器版本不兼容,请升级</source>
        <translation>Client and server versions do not match; please upgrade</translation>
    </message>
    <message>
        <source>服务器报告:{code}</source>
        <translation>The server reports: {code}</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>解锁</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>换人登录</source>
        <translation>Change user</translation>
    </message>
    <message>
        <source>席位已锁定</source>
        <translation>Seat locked</translation>
    </message>
    <message>
        <source>接收与发送仍在继续,锁定期间不丢失任何内容</source>
        <translation>Receiving and sending go on; nothing is lost while locked</translation>
    </message>
</context>
<context>
    <name>Login</name>
    <message>
        <source>定级、结案、对外报送</source>
        <translation>Levels, closing, reports out</translation>
    </message>
    <message>
        <source>统筹本班、定 IV 级、结案</source>
        <translation>Runs the shift, level IV, closing</translation>
    </message>
    <message>
        <source>接报、核实、处置</source>
        <translation>Calls, verification, response</translation>
    </message>
    <message>
        <source>视频巡检、发现上报</source>
        <translation>Video patrol, reports findings</translation>
    </message>
    <message>
        <source>养护范围内的事件</source>
        <translation>Cases in maintenance areas</translation>
    </message>
    <message>
        <source>巡查路段的事件</source>
        <translation>Cases on patrolled roads</translation>
    </message>
    <message>
        <source>共享给本单位的事件</source>
        <translation>Cases shared with the unit</translation>
    </message>
    <message>
        <source>应急事件与报送</source>
        <translation>Emergencies and reports</translation>
    </message>
    <message>
        <source>查看事件、对外信息</source>
        <translation>Views cases, public information</translation>
    </message>
    <message>
        <source>只读:查看与研判</source>
        <translation>Read-only: view and analyse</translation>
    </message>
    <message>
        <source>共享给本单位的事件、上报</source>
        <translation>Shared cases, reporting</translation>
    </message>
    <message>
        <source>只读:核查记录</source>
        <translation>Read-only: checks records</translation>
    </message>
    <message>
        <source>用户与权限</source>
        <translation>Users and rights</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>演示席位:点一张卡片登录</source>
        <translation>Demo seats: click a card to sign in</translation>
    </message>
    <message>
        <source>用账号登录</source>
        <translation>Sign in with an account</translation>
    </message>
    <message>
        <source>用户名</source>
        <translation>User name</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>没有网络时,七日内在本机登录过的用户仍可登录</source>
        <translation>Without a network, users who signed in here within the last 7 days still can</translation>
    </message>
    <message>
        <source>等待登录</source>
        <translation>Waiting for sign-in</translation>
    </message>
    <message>
        <source>演示城市:天津滨海 · 事件与人员均为虚构</source>
        <translation>Demo city: Tianjin Binhai · incidents and people are invented</translation>
    </message>
    <message>
        <source>综合交通运行协调指挥中心</source>
        <translation>Transport operations coordination centre</translation>
    </message>
    <message>
        <source>或用账号登录</source>
        <translation>Or sign in with an account</translation>
    </message>
    <message>
        <source>请填用户名和密码</source>
        <translation>Enter user name and password</translation>
    </message>
    <message>
        <source>正在登录…</source>
        <translation>Signing in…</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>拖动页签可移动、合并面板,双击可浮动到其他屏幕</source>
        <translation>Drag a tab to move or merge its panel; double-click to float it to another screen</translation>
    </message>
    <message>
        <source>布局另存为</source>
        <translation>Save layout as</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <source>此显示环境不提供 OpenGL。</source>
        <translation>This display offers no OpenGL.</translation>
    </message>
    <message>
        <source>找不到可用的 OpenGL 驱动。</source>
        <translation>No usable OpenGL driver was found.</translation>
    </message>
    <message>
        <source>显卡驱动版本过低,地图需要 OpenGL 3.3。</source>
        <translation>The graphics driver is too old: the map needs OpenGL 3.3.</translation>
    </message>
    <message>
        <source>显卡驱动在绘图时出错。</source>
        <translation>The graphics driver failed while drawing.</translation>
    </message>
    <message>
        <source>地图无法显示</source>
        <translation>The map cannot be shown</translation>
    </message>
    <message>
        <source>其他面板照常工作。请安装或更新显卡驱动(Linux:mesa),然后重新打开地图。</source>
        <translation>All other panels work as usual. Install or update the graphics driver (Linux: mesa), then open the map again.</translation>
    </message>
    <message>
        <source>海域</source>
        <translation>Sea</translation>
    </message>
    <message>
        <source>市界</source>
        <translation>City boundary</translation>
    </message>
    <message>
        <source>骨架路网(示意,约 100 米)</source>
        <translation>Skeleton roads (sketch, 100 m)</translation>
    </message>
    <message>
        <source>路网</source>
        <translation>Road network</translation>
    </message>
    <message>
        <source>地名、互通、桥隧</source>
        <translation>Names, interchanges, bridges</translation>
    </message>
    <message>
        <source>桥梁</source>
        <translation>Bridge</translation>
    </message>
    <message>
        <source>隧道</source>
        <translation>Tunnel</translation>
    </message>
    <message>
        <source>查找结果</source>
        <translation>Search result</translation>
    </message>
    <message>
        <source>时间未知</source>
        <translation>Time unknown</translation>
    </message>
    <message>
        <source>实时</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>本席缓存,时间未知</source>
        <translation>Cache of this seat, time unknown</translation>
    </message>
    <message>
        <source>截至 {time}</source>
        <translation>As of {time}</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>少至多</source>
        <translation>Few to many</translation>
    </message>
    <message>
        <source>位置过时</source>
        <translation>Old position</translation>
    </message>
    <message>
        <source>少至多(最多:每平方公里 {most} 以上)</source>
        <translation>Few to many (most: {most} or more per km²)</translation>
    </message>
    <message>
        <source>情报板</source>
        <translation>Message sign</translation>
    </message>
    <message>
        <source>收费站</source>
        <translation>Toll station</translation>
    </message>
    <message>
        <source>服务区</source>
        <translation>Service area</translation>
    </message>
    <message>
        <source>其他设施</source>
        <translation>Other facility</translation>
    </message>
    <message>
        <source>畅通</source>
        <translation>Free flow</translation>
    </message>
    <message>
        <source>基本畅通</source>
        <translation>Mostly free</translation>
    </message>
    <message>
        <source>轻度拥堵</source>
        <translation>Light congestion</translation>
    </message>
    <message>
        <source>中度拥堵</source>
        <translation>Congestion</translation>
    </message>
    <message>
        <source>严重拥堵</source>
        <translation>Heavy congestion</translation>
    </message>
    <message>
        <source>无数据</source>
        <translation>No data</translation>
    </message>
    <message>
        <source>封闭</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>施工</source>
        <translation>Road works</translation>
    </message>
    <message>
        <source>绕行</source>
        <translation>Detour</translation>
    </message>
    <message>
        <source>图上是演示数据</source>
        <translation>Demo data on the map</translation>
    </message>
    <message>
        <source>未结事件 {count}</source>
        <translation>Open cases {count}</translation>
    </message>
    <message>
        <source>其中 {count} 起没有坐标,未上图</source>
        <translation>Without coordinates, not shown: {count}</translation>
    </message>
    <message>
        <source>展开图例</source>
        <translation>Show legend</translation>
    </message>
    <message>
        <source>收起图例</source>
        <translation>Hide legend</translation>
    </message>
    <message>
        <source>待发</source>
        <translation>Unsent</translation>
    </message>
    <message>
        <source>事件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>车辆</source>
        <translation>Vehicles</translation>
    </message>
    <message>
        <source>设施</source>
        <translation>Facilities</translation>
    </message>
    <message>
        <source>道路与交通</source>
        <translation>Roads and traffic</translation>
    </message>
    <message>
        <source>区域</source>
        <translation>Areas</translation>
    </message>
    <message>
        <source>气象</source>
        <translation>Weather</translation>
    </message>
    <message>
        <source>底图</source>
        <translation>Base map</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>过时 · {age}</source>
        <translation>Stale · {age}</translation>
    </message>
    <message>
        <source>{count} 秒前</source>
        <translation>{count} s ago</translation>
    </message>
    <message>
        <source>{count} 小时前</source>
        <translation>{count} h ago</translation>
    </message>
    <message>
        <source>可变情报板</source>
        <translation>Variable message sign</translation>
    </message>
    <message>
        <source>未结事件</source>
        <translation>Open cases</translation>
    </message>
    <message>
        <source>业务系统,演示数据</source>
        <translation>Operations system, demo data</translation>
    </message>
    <message>
        <source>业务系统</source>
        <translation>Operations system</translation>
    </message>
    <message>
        <source>{count} 起事件</source>
        <translation>{count} cases</translation>
    </message>
    <message>
        <source>{count} 个摄像机</source>
        <translation>{count} cameras</translation>
    </message>
    <message>
        <source>{count} 块情报板</source>
        <translation>{count} message signs</translation>
    </message>
    <message>
        <source>{count} 处设施</source>
        <translation>{count} facilities</translation>
    </message>
    <message>
        <source>另有 {count} 个</source>
        <translation>{count} more</translation>
    </message>
    <message>
        <source>单击放大</source>
        <translation>Click to zoom in</translation>
    </message>
    <message>
        <source>单向</source>
        <translation>One-way</translation>
    </message>
    <message>
        <source>无名道路</source>
        <translation>Unnamed road</translation>
    </message>
    <message>
        <source>刚刚</source>
        <translation>just now</translation>
    </message>
    <message>
        <source>{count} 分钟前</source>
        <translation>{count} min ago</translation>
    </message>
    <message>
        <source>{hours} 小时 {minutes} 分前</source>
        <translation>{hours} h {minutes} min ago</translation>
    </message>
    <message>
        <source>{count} 天前</source>
        <translation>{count} d ago</translation>
    </message>
    <message>
        <source>无责任人</source>
        <translation>No owner</translation>
    </message>
    <message>
        <source>接报 {time}({age})</source>
        <translation>Reported {time} ({age})</translation>
    </message>
    <message>
        <source>有改动待发,尚未送达服务器</source>
        <translation>Unsent change, not yet on the server</translation>
    </message>
    <message>
        <source>演示数据</source>
        <translation>Demo data</translation>
    </message>
    <message>
        <source>单击逐个选中</source>
        <translation>Click to take one after the other</translation>
    </message>
    <message>
        <source>定位 {age}</source>
        <translation>Fix {age}</translation>
    </message>
    <message>
        <source>高速公路</source>
        <translation>Motorway</translation>
    </message>
    <message>
        <source>快速路、干线</source>
        <translation>Expressway</translation>
    </message>
    <message>
        <source>主干路</source>
        <translation>Primary</translation>
    </message>
    <message>
        <source>次干路</source>
        <translation>Secondary</translation>
    </message>
    <message>
        <source>支路</source>
        <translation>Tertiary</translation>
    </message>
    <message>
        <source>一般道路</source>
        <translation>Minor road</translation>
    </message>
    <message>
        <source>居住区道路</source>
        <translation>Residential</translation>
    </message>
    <message>
        <source>内部道路</source>
        <translation>Service road</translation>
    </message>
    <message>
        <source>等级未知</source>
        <translation>Class unknown</translation>
    </message>
    <message>
        <source>{road}匝道</source>
        <translation>{road} ramp</translation>
    </message>
    <message>
        <source>演示</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>此比例尺不显示</source>
        <translation>Not shown at this scale</translation>
    </message>
    <message>
        <source>显示</source>
        <translation>Shown</translation>
    </message>
    <message>
        <source>隐藏</source>
        <translation>Hidden</translation>
    </message>
    <message>
        <source>最多同时打开 {count} 个地图</source>
        <translation>No more than {count} maps at a time</translation>
    </message>
    <message>
        <source>距离圈</source>
        <translation>Rings</translation>
    </message>
    <message>
        <source>本席计算</source>
        <translation>Computed at this seat</translation>
    </message>
    <message>
        <source>里程桩</source>
        <translation>Stakes</translation>
    </message>
    <message>
        <source>路线校准点</source>
        <translation>Calibration points of the routes</translation>
    </message>
    <message>
        <source>路况</source>
        <translation>Traffic</translation>
    </message>
    <message>
        <source>演示路况发生器</source>
        <translation>Demo traffic generator</translation>
    </message>
    <message>
        <source>路况接口</source>
        <translation>Traffic feed</translation>
    </message>
    <message>
        <source>演示车辆发生器</source>
        <translation>Demo vehicle generator</translation>
    </message>
    <message>
        <source>车辆接口</source>
        <translation>Vehicle feed</translation>
    </message>
    <message>
        <source>公交车</source>
        <translation>Bus</translation>
    </message>
    <message>
        <source>客运班车</source>
        <translation>Coach</translation>
    </message>
    <message>
        <source>货车</source>
        <translation>Truck</translation>
    </message>
    <message>
        <source>危险货物车</source>
        <translation>Dangerous goods</translation>
    </message>
    <message>
        <source>养护车</source>
        <translation>Maintenance</translation>
    </message>
    <message>
        <source>其他车辆</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>行驶</source>
        <translation>Driving</translation>
    </message>
    <message>
        <source>停驶</source>
        <translation>Standing</translation>
    </message>
    <message>
        <source>状态未知</source>
        <translation>State unknown</translation>
    </message>
    <message>
        <source>车辆(共 {total},显示 {sent})</source>
        <translation>Vehicles ({sent} of {total} shown)</translation>
    </message>
    <message>
        <source>未结事件密度</source>
        <translation>Density of open cases</translation>
    </message>
    <message>
        <source>行政区划</source>
        <translation>Districts</translation>
    </message>
</context>
<context>
    <name>MapPanel</name>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>正在载入路网…</source>
        <translation>Loading the road network…</translation>
    </message>
    <message>
        <source>选中有坐标的事件或设备后显示距离圈</source>
        <translation>The rings show once a case or device with a place is selected</translation>
    </message>
    <message>
        <source>已复制 {text}</source>
        <translation>Copied {text}</translation>
    </message>
    <message>
        <source>地图底图缺失:{files}</source>
        <translation>Base map files missing: {files}</translation>
    </message>
</context>
<context>
    <name>Nearby</name>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>设施</source>
        <translation>Facilities</translation>
    </message>
    <message>
        <source>10 公里内没有摄像机和设施。</source>
        <translation>No cameras or facilities within 10 km.</translation>
    </message>
    <message>
        <source>位置未落到桩号或坐标,算不出远近。修改位置后自动列出。</source>
        <translation>The place is not resolved to a stake or point, so distances are unknown. Amend the place and they are listed.</translation>
    </message>
    <message>
        <source>调看附近摄像机</source>
        <translation>Show nearby cameras</translation>
    </message>
    <message>
        <source>在视频墙的未固定窗上显示,Esc 返回原画面</source>
        <translation>Show them on tiles of the video wall that are not pinned; Esc goes back</translation>
    </message>
    <message>
        <source>定位</source>
        <translation>Locate</translation>
    </message>
    <message>
        <source>在地图上显示该位置</source>
        <translation>Show this place on the map</translation>
    </message>
    <message>
        <source>定位 {name}</source>
        <translation>Locate {name}</translation>
    </message>
    <message>
        <source>上墙</source>
        <translation>To wall</translation>
    </message>
    <message>
        <source>在视频墙上显示;也可拖到某一窗</source>
        <translation>Show on the video wall; or drag it onto a tile</translation>
    </message>
    <message>
        <source>上墙 {name}</source>
        <translation>{name} to the wall</translation>
    </message>
    <message>
        <source>同向</source>
        <translation>same side</translation>
    </message>
    <message>
        <source>对向</source>
        <translation>opposite side</translation>
    </message>
</context>
<context>
    <name>NoteEditor</name>
    <message>
        <source>超出 {count} 字</source>
        <translation>Too long by {count} characters</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>查看待发</source>
        <translation>Open outbox</translation>
    </message>
    <message>
        <source>在待发面板中查看</source>
        <translation>See them in the outbox panel</translation>
    </message>
    <message>
        <source>{count} 项操作与他人的修改冲突,请选择保留哪一个</source>
        <translation>Conflicts with others&apos; changes: {count}; choose what to keep</translation>
    </message>
    <message>
        <source>{count} 项操作被服务器拒绝</source>
        <translation>Refused by the server: {count}</translation>
    </message>
    <message>
        <source>{count} 项操作已存本机,待发送到服务器</source>
        <translation>Saved on this machine, not yet sent: {count}</translation>
    </message>
    <message>
        <source>;</source>
        <translation>; </translation>
    </message>
</context>
<context>
    <name>NumberEditor</name>
    <message>
        <source>请填整数</source>
        <translation>Enter a whole number</translation>
    </message>
    <message>
        <source>请填数字</source>
        <translation>Enter a number</translation>
    </message>
</context>
<context>
    <name>Outbox</name>
    <message>
        <source>先选中一项</source>
        <translation>Select an item first</translation>
    </message>
    <message>
        <source>此操作没有可修改的内容,只能撤销</source>
        <translation>There is nothing to edit here; it can only be cancelled</translation>
    </message>
    <message>
        <source>此项没有冲突</source>
        <translation>This item has no conflict</translation>
    </message>
    <message>
        <source>只有等待重试的才能提前发</source>
        <translation>Only items that wait to retry can be sent early</translation>
    </message>
    <message>
        <source>已结束,不能撤销</source>
        <translation>It has ended and cannot be cancelled</translation>
    </message>
    <message>
        <source>正在发送,请稍候</source>
        <translation>Being sent, please wait</translation>
    </message>
    <message>
        <source>只有本人或值班长可以撤销</source>
        <translation>Only its author or the shift supervisor may cancel</translation>
    </message>
    <message>
        <source>已试 {count} 次</source>
        <translation>Tried: {count}</translation>
    </message>
    <message>
        <source>{span} 后重试</source>
        <translation>Retries in {span}</translation>
    </message>
    <message>
        <source>即将重试</source>
        <translation>About to retry</translation>
    </message>
    <message>
        <source>{span} 后失效</source>
        <translation>Expires in {span}</translation>
    </message>
    <message>
        <source>事件不存在或不可见</source>
        <translation>Case does not exist or is out of sight</translation>
    </message>
    <message>
        <source>未知人员</source>
        <translation>Unknown person</translation>
    </message>
    <message>
        <source>已过有效时间,没有发出</source>
        <translation>Its time limit passed; it was not sent</translation>
    </message>
    <message>
        <source>未被接受:{why}</source>
        <translation>Not accepted: {why}</translation>
    </message>
    <message>
        <source>已改后重新提交</source>
        <translation>Edited and resubmitted</translation>
    </message>
    <message>
        <source>所依赖的操作没有成立,一并撤销</source>
        <translation>The action it depends on did not come through; cancelled with it</translation>
    </message>
    <message>
        <source>原因:{reason}</source>
        <translation>Reason: {reason}</translation>
    </message>
    <message>
        <source>连不上服务器,稍后自动重发</source>
        <translation>Server not reachable; it is sent again by itself</translation>
    </message>
    <message>
        <source>服务器没有及时答复,稍后以同一编号重发</source>
        <translation>No answer in time; it is sent again under the same key</translation>
    </message>
    <message>
        <source>答复途中断线,稍后以同一编号重发</source>
        <translation>Cut off before the answer; it is sent again under the same key</translation>
    </message>
    <message>
        <source>服务器证书不受信任,请联系管理员</source>
        <translation>Server certificate not trusted; call the administrator</translation>
    </message>
    <message>
        <source>代理服务器拒绝连接,请联系管理员</source>
        <translation>The proxy refuses the connection; call the administrator</translation>
    </message>
    <message>
        <source>服务器的答复无法识别,稍后重发</source>
        <translation>The server&apos;s answer makes no sense; it is sent again</translation>
    </message>
    <message>
        <source>作者须重新登录后才能发出</source>
        <translation>Its author must sign in again before it is sent</translation>
    </message>
    <message>
        <source>别人已先改过,请比对后决定</source>
        <translation>Somebody changed it first; compare and decide</translation>
    </message>
    <message>
        <source>同一编号已用于别的操作,请撤销后重做</source>
        <translation>The key was used for another action; cancel it and do it again</translation>
    </message>
    <message>
        <source>服务器出错({code}),稍后自动重发</source>
        <translation>Server error ({code}); it is sent again by itself</translation>
    </message>
    <message>
        <source>服务器未接受:{code}</source>
        <translation>Not accepted by the server: {code}</translation>
    </message>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
</context>
<context>
    <name>OutboxPanel</name>
    <message>
        <source>待发箱</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <source>近 24 小时</source>
        <translation>Last 24 hours</translation>
    </message>
    <message>
        <source>立即重试</source>
        <translation>Retry now</translation>
    </message>
    <message>
        <source>处理</source>
        <translation>Resolve</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>查看事件</source>
        <translation>Open case</translation>
    </message>
    <message>
        <source>打开所属事件 (Enter)</source>
        <translation>Open its case (Enter)</translation>
    </message>
    <message>
        <source>撤销原因(必填),Enter 确定,Esc 放弃</source>
        <translation>Why cancel? (required) Enter confirms, Esc keeps it</translation>
    </message>
    <message>
        <source>也列出已送达、已过期和已撤销的</source>
        <translation>Also list what was accepted, expired or cancelled</translation>
    </message>
    <message>
        <source>未完成 {count} 项</source>
        <translation>{count} unfinished</translation>
    </message>
    <message>
        <source>最早 {age} 前</source>
        <translation>Oldest {age} ago</translation>
    </message>
    <message>
        <source>没有待发的操作</source>
        <translation>Nothing waits to be sent</translation>
    </message>
    <message>
        <source>您的操作都已送达服务器。断网时做的操作会在这里排队,联网后自动发送。</source>
        <translation>Everything you did has reached the server. Actions taken offline queue here and are sent once the network is back.</translation>
    </message>
    <message>
        <source>修改后重发</source>
        <translation>Edit and resend</translation>
    </message>
    <message>
        <source>处理冲突</source>
        <translation>Resolve conflict</translation>
    </message>
    <message>
        <source>比对、修改后重新提交</source>
        <translation>Compare, edit and resubmit</translation>
    </message>
    <message>
        <source>不等下次,现在就发</source>
        <translation>Send now instead of waiting</translation>
    </message>
    <message>
        <source>不再发送,须写原因</source>
        <translation>Do not send it; needs a reason</translation>
    </message>
</context>
<context>
    <name>OwnerLine</name>
    <message>
        <source>接管</source>
        <translation>Take over</translation>
    </message>
    <message>
        <source>移交</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>移交给同事</source>
        <translation>Hand over to a colleague</translation>
    </message>
    <message>
        <source>责任人</source>
        <translation>Owner</translation>
    </message>
    <message>
        <source>{name}(我)</source>
        <translation>{name} (me)</translation>
    </message>
    <message>
        <source>由我负责此事件</source>
        <translation>Make me the owner of this case</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>{names} 也打开了此事件</source>
        <translation>Also open at: {names}</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>道路、桩号、路口、坐标、摄像机、事件、命令</source>
        <translation>Roads, stakes, junctions, coordinates, cameras, cases, commands</translation>
    </message>
    <message>
        <source>↑↓ 选择   Enter 打开   Esc 关闭</source>
        <translation>↑↓ Select   Enter Open   Esc Close</translation>
    </message>
    <message>
        <source>操作</source>
        <translation>Commands</translation>
    </message>
    <message>
        <source>事件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Places</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>情报板</source>
        <translation>Message signs</translation>
    </message>
    <message>
        <source>设施</source>
        <translation>Facilities</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>告警</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>事件</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>地图 2</source>
        <translation>Map 2</translation>
    </message>
    <message>
        <source>地图 3</source>
        <translation>Map 3</translation>
    </message>
    <message>
        <source>待发箱</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <source>事件队列</source>
        <translation>Incident queue</translation>
    </message>
    <message>
        <source>接报</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>视频</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>视频 2</source>
        <translation>Video 2</translation>
    </message>
    <message>
        <source>视频 3</source>
        <translation>Video 3</translation>
    </message>
    <message>
        <source>视频健康</source>
        <translation>Video health</translation>
    </message>
</context>
<context>
    <name>PlaceEditor</name>
    <message>
        <source>桩号 G2 K110+300、路口、道路或坐标</source>
        <translation>Stake G2 K110+300, junction, road or coordinate</translation>
    </message>
    <message>
        <source>地图取点</source>
        <translation>Pick on map</translation>
    </message>
    <message>
        <source>在地图上点一下</source>
        <translation>Click the place on the map</translation>
    </message>
    <message>
        <source>请在地图上点选位置</source>
        <translation>Click the place on the map</translation>
    </message>
    <message>
        <source>有 {count} 处,请选一处</source>
        <translation>{count} places found; choose one</translation>
    </message>
    <message>
        <source>没有找到,先按文字记录</source>
        <translation>Not found; kept as text for now</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>坐标应为经度和纬度两个数</source>
        <translation>A coordinate is two numbers, longitude and latitude</translation>
    </message>
    <message>
        <source>坐标中有无法识别的文字</source>
        <translation>Some text in the coordinate is not understood</translation>
    </message>
    <message>
        <source>两个数是同一方向,缺少经度或纬度</source>
        <translation>Both numbers lie along one axis: longitude or latitude is missing</translation>
    </message>
    <message>
        <source>分和秒应小于 60</source>
        <translation>Minutes and seconds must be below 60</translation>
    </message>
    <message>
        <source>经度应在 ±180°、纬度应在 ±90° 之内</source>
        <translation>Longitude must be within ±180°, latitude within ±90°</translation>
    </message>
    <message>
        <source>桩号的米数应小于 1000</source>
        <translation>The metres of a stake must be below 1000</translation>
    </message>
    <message>
        <source>写了两个方向</source>
        <translation>Two directions are given</translation>
    </message>
    <message>
        <source>没有路线 {route}</source>
        <translation>There is no route {route}</translation>
    </message>
    <message>
        <source>{route} 没有桩号数据</source>
        <translation>{route} has no stake data</translation>
    </message>
    <message>
        <source>{route} 的桩号在 {first} 至 {last} 之间</source>
        <translation>Stakes of {route} run from {first} to {last}</translation>
    </message>
    <message>
        <source>{route} 此处断链:{first} 之后是 {last}</source>
        <translation>{route} has a gap here: {first} is followed by {last}</translation>
    </message>
    <message>
        <source>桩号</source>
        <translation>Stake</translation>
    </message>
    <message>
        <source>坐标</source>
        <translation>Coordinate</translation>
    </message>
    <message>
        <source>道路</source>
        <translation>Road</translation>
    </message>
    <message>
        <source>互通</source>
        <translation>Interchange</translation>
    </message>
    <message>
        <source>路口</source>
        <translation>Junction</translation>
    </message>
    <message>
        <source>桥梁</source>
        <translation>Bridge</translation>
    </message>
    <message>
        <source>隧道</source>
        <translation>Tunnel</translation>
    </message>
    <message>
        <source>机场</source>
        <translation>Airport</translation>
    </message>
    <message>
        <source>港口</source>
        <translation>Port</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>偏好设置</source>
        <translation>Preferences</translation>
    </message>
    <message>
        <source>静音:新告警只在屏幕上提示</source>
        <translation>Muted: new alarms show on screen only</translation>
    </message>
    <message>
        <source>界面</source>
        <translation>Theme</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>路况配色</source>
        <translation>Traffic colours</translation>
    </message>
    <message>
        <source>标准(绿至红)</source>
        <translation>Standard (green to red)</translation>
    </message>
    <message>
        <source>色觉友好(蓝至褐)</source>
        <translation>For every colour vision (blue to brown)</translation>
    </message>
    <message>
        <source>语言</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>语言在下次登录时生效</source>
        <translation>The language changes at your next sign-in</translation>
    </message>
    <message>
        <source>声音</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>这些设置只属于您和本席位</source>
        <translation>These settings are yours at this seat only</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>PresetList</name>
    <message>
        <source>预置位</source>
        <translation>Presets</translation>
    </message>
    <message>
        <source>存为预置位</source>
        <translation>Keep position</translation>
    </message>
    <message>
        <source>还没有预置位。转到合适的位置后存下来。</source>
        <translation>No presets yet. Turn to a good position and keep it.</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>名称,如“收费站方向”</source>
        <translation>Name, such as “towards the toll station”</translation>
    </message>
    <message>
        <source>把现在的画面位置存为预置位</source>
        <translation>Keep what is seen now as a preset</translation>
    </message>
    <message>
        <source>转到</source>
        <translation>Go to</translation>
    </message>
    <message>
        <source>用现在的位置更新</source>
        <translation>Update to the present position</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Remove</translation>
    </message>
</context>
<context>
    <name>Printout</name>
    <message>
        <source>{user} 打印于 {time}(北京时间) · 地图数据 © OpenStreetMap contributors</source>
        <translation>Printed by {user}, {time} (Beijing time) · Map data © OpenStreetMap contributors</translation>
    </message>
    <message>
        <source>演示数据,非真实事件</source>
        <translation>Demo data, not a real incident</translation>
    </message>
    <message>
        <source>第 {version} 版 · {state} · 责任人 {owner}</source>
        <translation>Version {version} · {state} · Owner: {owner}</translation>
    </message>
    <message>
        <source>要素</source>
        <translation>Facts</translation>
    </message>
    <message>
        <source>信息报送</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>时间线</source>
        <translation>Timeline</translation>
    </message>
</context>
<context>
    <name>Ptz</name>
    <message>
        <source>摄像机没有应答,请重试</source>
        <translation>The camera does not answer; try again</translation>
    </message>
    <message>
        <source>摄像机拒绝登录,请检查设备口令和时钟</source>
        <translation>The camera refuses the login: check its password and clock</translation>
    </message>
    <message>
        <source>摄像机不接受此操作</source>
        <translation>The camera does not accept this</translation>
    </message>
    <message>
        <source>摄像机中没有此预置位</source>
        <translation>The camera has no such preset</translation>
    </message>
    <message>
        <source>操作已过时,未执行</source>
        <translation>Too late; it was not carried out</translation>
    </message>
    <message>
        <source>云台已不由您占用</source>
        <translation>You no longer hold the PTZ</translation>
    </message>
    <message>
        <source>视频网关没有应答</source>
        <translation>The video gateway does not answer</translation>
    </message>
    <message>
        <source>服务器不知道此摄像机的云台</source>
        <translation>The server knows no PTZ for this camera</translation>
    </message>
    <message>
        <source>停止指令没有得到应答:摄像机应会自行停止,请看画面确认</source>
        <translation>The stop was not answered: the camera should stop by itself; check the picture</translation>
    </message>
    <message>
        <source>云台操作失败:{code}</source>
        <translation>PTZ failed: {code}</translation>
    </message>
</context>
<context>
    <name>PtzControl</name>
    <message>
        <source>请先登录</source>
        <translation>Sign in first</translation>
    </message>
    <message>
        <source>网络中断,云台暂不可用</source>
        <translation>No link: PTZ cannot be used now</translation>
    </message>
    <message>
        <source>摄像机离线</source>
        <translation>The camera is offline</translation>
    </message>
    <message>
        <source>未知用户</source>
        <translation>Unknown user</translation>
    </message>
    <message>
        <source>{name} 已接管云台,您的操作已停止</source>
        <translation>{name} has taken over the PTZ; your movement was stopped</translation>
    </message>
</context>
<context>
    <name>PtzPad</name>
    <message>
        <source>云台</source>
        <translation>PTZ</translation>
    </message>
    <message>
        <source>固定摄像机,无云台</source>
        <translation>Fixed camera, no PTZ</translation>
    </message>
    <message>
        <source>拉近</source>
        <translation>Zoom in</translation>
    </message>
    <message>
        <source>拉近 (PgUp)</source>
        <translation>Zoom in (PgUp)</translation>
    </message>
    <message>
        <source>拉远</source>
        <translation>Zoom out</translation>
    </message>
    <message>
        <source>拉远 (PgDn)</source>
        <translation>Zoom out (PgDn)</translation>
    </message>
    <message>
        <source>画面操作</source>
        <translation>In picture</translation>
    </message>
    <message>
        <source>在画面上拖动转动、滚轮变焦、方向键和数字键 (Z);Esc 结束</source>
        <translation>Drag in the picture to turn, wheel to zoom, arrows and digits (Z); Esc ends it</translation>
    </message>
    <message>
        <source>速度</source>
        <translation>Speed</translation>
    </message>
    <message>
        <source>左上</source>
        <translation>Up left</translation>
    </message>
    <message>
        <source>上</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>右上</source>
        <translation>Up right</translation>
    </message>
    <message>
        <source>左</source>
        <translation>Left</translation>
    </message>
    <message>
        <source>右</source>
        <translation>Right</translation>
    </message>
    <message>
        <source>左下</source>
        <translation>Down left</translation>
    </message>
    <message>
        <source>下</source>
        <translation>Down</translation>
    </message>
    <message>
        <source>右下</source>
        <translation>Down right</translation>
    </message>
    <message>
        <source>回到守望位 (Home)</source>
        <translation>To the home position (Home)</translation>
    </message>
    <message>
        <source>守望位</source>
        <translation>Home position</translation>
    </message>
    <message>
        <source>释放</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>把云台让给别人</source>
        <translation>Leave the PTZ to others</translation>
    </message>
    <message>
        <source>接管</source>
        <translation>Take over</translation>
    </message>
    <message>
        <source>从级别较低的用户手中接管,对方会收到通知</source>
        <translation>Take over from a user of lower rank, who is told</translation>
    </message>
    <message>
        <source>占用</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>使用方向键时自动占用</source>
        <translation>Using the arrows takes it, too</translation>
    </message>
    <message>
        <source>空闲</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>{name} 持有 · 剩 {seconds} s</source>
        <translation>{name} holds it · {seconds} s left</translation>
    </message>
    <message>
        <source>{percent}% 的最高速度</source>
        <translation>{percent}% of full speed</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>未指派</source>
        <translation>No owner</translation>
    </message>
    <message>
        <source>未知</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>位置未知</source>
        <translation>Place unknown</translation>
    </message>
    <message>
        <source>冲突</source>
        <translation>Conflict</translation>
    </message>
    <message>
        <source>待发</source>
        <translation>Unsent</translation>
    </message>
    <message>
        <source>含已结案件</source>
        <translation>With closed cases</translation>
    </message>
    <message>
        <source>区划未知</source>
        <translation>District unknown</translation>
    </message>
    <message>
        <source>路线外</source>
        <translation>Off routes</translation>
    </message>
</context>
<context>
    <name>QueueHead</name>
    <message>
        <source>排列顺序;未受理的总在最前</source>
        <translation>Order; unaccepted cases always come first</translation>
    </message>
    <message>
        <source>未结</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>我的</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>未受理</source>
        <translation>Unaccepted</translation>
    </message>
    <message>
        <source>较大以上</source>
        <translation>III and up</translation>
    </message>
    <message>
        <source>编号、标题、地点、桩号、类型、责任人</source>
        <translation>Number, title, place…</translation>
    </message>
    <message>
        <source>筛选 Ctrl+F:几个词用空格分开</source>
        <translation>Filter, Ctrl+F: separate words by spaces</translation>
    </message>
    <message>
        <source>筛选</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>按类型、状态、区划、路线筛选</source>
        <translation>Filter by type, state, district, route</translation>
    </message>
    <message>
        <source>视图</source>
        <translation>Views</translation>
    </message>
    <message>
        <source>保存的视图</source>
        <translation>Saved views</translation>
    </message>
    <message>
        <source>清除</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>去掉全部筛选条件</source>
        <translation>Remove all filters</translation>
    </message>
    <message>
        <source>显示 {count} 起</source>
        <translation>{count} shown</translation>
    </message>
    <message>
        <source>按时限</source>
        <translation>By time left</translation>
    </message>
    <message>
        <source>按接报时间</source>
        <translation>By report time</translation>
    </message>
    <message>
        <source>按级别</source>
        <translation>By level</translation>
    </message>
    <message>
        <source>按状态</source>
        <translation>By state</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>事件队列</source>
        <translation>Incident queue</translation>
    </message>
    <message>
        <source>接报 F2</source>
        <translation>Report F2</translation>
    </message>
    <message>
        <source>登记一起新事件 (F2)</source>
        <translation>Report a new incident (F2)</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>把列表中的事件存为 CSV 表格</source>
        <translation>Save the listed cases as a CSV table</translation>
    </message>
    <message>
        <source>正在连接,列表停在 {time}</source>
        <translation>Connecting; list as of {time}</translation>
    </message>
    <message>
        <source>数据滞后,列表停在 {time}</source>
        <translation>Lagging; list as of {time}</translation>
    </message>
    <message>
        <source>离线,列表停在 {time}</source>
        <translation>Offline; list as of {time}</translation>
    </message>
    <message>
        <source>未与服务器同步,列表停在 {time}</source>
        <translation>Not in sync with the server; list as of {time}</translation>
    </message>
    <message>
        <source>正在载入事件…</source>
        <translation>Loading cases…</translation>
    </message>
    <message>
        <source>没有符合条件的事件</source>
        <translation>No case matches</translation>
    </message>
    <message>
        <source>放宽条件,或清除筛选看全部未结事件。</source>
        <translation>Relax the conditions, or clear the filters to see all open cases.</translation>
    </message>
    <message>
        <source>清除筛选</source>
        <translation>Clear filters</translation>
    </message>
    <message>
        <source>本席位还没有事件</source>
        <translation>No cases at this seat yet</translation>
    </message>
    <message>
        <source>尚未连上服务器;仍可按 F2 接报,联网后自动发送。</source>
        <translation>The server has not been reached yet. You can still report with F2; it is sent once the network is there.</translation>
    </message>
    <message>
        <source>没有未结事件</source>
        <translation>No open cases</translation>
    </message>
    <message>
        <source>接到新情况时按 F2 登记。</source>
        <translation>Press F2 when a call comes in.</translation>
    </message>
</context>
<context>
    <name>Readout</name>
    <message>
        <source>光标处的坐标、桩号和比例尺。单击更换坐标系,Ctrl+Shift+C 复制</source>
        <translation>Coordinates and stake at the cursor, and the scale. Click for another datum, Ctrl+Shift+C copies</translation>
    </message>
    <message>
        <source>复制坐标	Ctrl+Shift+C</source>
        <translation>Copy coordinates	Ctrl+Shift+C</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>未写内容</source>
        <translation>Nothing written</translation>
    </message>
    <message>
        <source>来电反映同一事件</source>
        <translation>Call about the same incident</translation>
    </message>
</context>
<context>
    <name>ReportPanel</name>
    <message>
        <source>接报</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>丢弃</source>
        <translation>Discard</translation>
    </message>
    <message>
        <source>清空并删除这份草稿</source>
        <translation>Clear and delete this draft</translation>
    </message>
    <message>
        <source>另一来电</source>
        <translation>Another call</translation>
    </message>
    <message>
        <source>这份留作草稿,再开一份</source>
        <translation>Keep this one as a draft and start another</translation>
    </message>
    <message>
        <source>Ctrl+Enter 提交 · Esc 收起</source>
        <translation>Ctrl+Enter submits</translation>
    </message>
    <message>
        <source>有未完成的接报,按 F2 接着写</source>
        <translation>There is an unfinished report; F2 continues it</translation>
    </message>
</context>
<context>
    <name>SavedMenu</name>
    <message>
        <source>还没有保存的画面</source>
        <translation>No saved walls yet</translation>
    </message>
    <message>
        <source>保存当前画面…</source>
        <translation>Save this wall…</translation>
    </message>
    <message>
        <source>重命名</source>
        <translation>Rename</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>新视频墙窗口</source>
        <translation>New wall window</translation>
    </message>
    <message>
        <source>保存画面</source>
        <translation>Save wall</translation>
    </message>
    <message>
        <source>名称(同名的会被替换):</source>
        <translation>Name (one of the same name is replaced):</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>搜索 道路、桩号、路口、摄像机、事件、命令…</source>
        <translation>Search roads, stakes, cameras, cases, commands…</translation>
    </message>
</context>
<context>
    <name>Seat</name>
    <message>
        <source>本机已有一个值班台在使用这些数据(进程 {pid}),请先关闭它。</source>
        <translation>Another desk on this machine is using this data (process {pid}). Please close it first.</translation>
    </message>
</context>
<context>
    <name>Sending</name>
    <message>
        <source>来电已加到该事件的时间线</source>
        <translation>The call was added to the case&apos;s timeline</translation>
    </message>
    <message>
        <source>已存本机,临时号 {number};联网后由服务器编正式号</source>
        <translation>Saved on this machine as {number} (provisional); the server gives the number once connected</translation>
    </message>
    <message>
        <source>已接报 {number}</source>
        <translation>Reported as {number}</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>密码不正确</source>
        <translation>The password is wrong</translation>
    </message>
    <message>
        <source>本机不能登录:{why}</source>
        <translation>Cannot sign in at this seat: {why}</translation>
    </message>
    <message>
        <source>登录时出错,详情见日志</source>
        <translation>Sign-in failed; details are in the log</translation>
    </message>
    <message>
        <source>连不上服务器,且距上次登录已超过 7 天,不能离线登录</source>
        <translation>The server cannot be reached, and your last sign-in here was over 7 days ago: no offline sign-in</translation>
    </message>
    <message>
        <source>连不上服务器,且密码与上次登录时不同</source>
        <translation>The server cannot be reached, and the password differs from your last sign-in</translation>
    </message>
    <message>
        <source>连不上服务器;您未在本机登录过,不能离线登录</source>
        <translation>The server cannot be reached, and you have never signed in here: no offline sign-in</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>快捷键</source>
        <translation>Keyboard shortcuts</translation>
    </message>
    <message>
        <source>在{panel}上</source>
        <translation>On: {panel}</translation>
    </message>
    <message>
        <source>正在输入文字或拼音时,单个字母键不会触发操作</source>
        <translation>Single-letter keys never fire while you are typing</translation>
    </message>
</context>
<context>
    <name>StatementEditor</name>
    <message>
        <source>本人确认:{statement}</source>
        <translation>I confirm: {statement}</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>演示数据</source>
        <translation>Demo data</translation>
    </message>
    <message>
        <source>此处的事件、人员和设备是虚构的</source>
        <translation>Incidents, people and devices here are invented</translation>
    </message>
    <message>
        <source>打开待发列表</source>
        <translation>Open the outbox</translation>
    </message>
    <message>
        <source>席位 {seat}</source>
        <translation>Seat {seat}</translation>
    </message>
    <message>
        <source>待发 {count}</source>
        <translation>Outbox {count}</translation>
    </message>
    <message>
        <source> · 最早 {age} 前</source>
        <translation> · oldest {age} ago</translation>
    </message>
    <message>
        <source>{count} 项需处理</source>
        <translation>To resolve: {count}</translation>
    </message>
    <message>
        <source>本机时钟快 {span}</source>
        <translation>Clock fast by {span}</translation>
    </message>
    <message>
        <source>本机时钟慢 {span}</source>
        <translation>Clock slow by {span}</translation>
    </message>
    <message>
        <source>已按服务器时间校正;请让管理员校准本机时钟</source>
        <translation>Corrected to server time; ask the administrator to set the clock of this machine</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>状态 {state},第 {step} 步,共 {steps} 步</source>
        <translation>State {state}, step {step} of {steps}</translation>
    </message>
</context>
<context>
    <name>Stills</name>
    <message>
        <source>正在取图…</source>
        <translation>Fetching a picture…</translation>
    </message>
</context>
<context>
    <name>StopList</name>
    <message>
        <source>轮巡的摄像机</source>
        <translation>Cameras of the tour</translation>
    </message>
    <message>
        <source>拖动排序;Alt+↑↓ 移动,Delete 移除</source>
        <translation>Drag to order; Alt+↑↓ moves, Delete takes out</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>知道了</source>
        <translation>Got it</translation>
    </message>
</context>
<context>
    <name>TableSaver</name>
    <message>
        <source>导出{name}</source>
        <translation>Export {name}</translation>
    </message>
    <message>
        <source>CSV 表格 (*.csv)</source>
        <translation>CSV table (*.csv)</translation>
    </message>
    <message>
        <source>已导出 {rows} 行:{path}</source>
        <translation>Exported {rows} rows: {path}</translation>
    </message>
    <message>
        <source>导出未成功:{error}。请换一个位置再试。</source>
        <translation>The export failed: {error}. Choose another place and try again.</translation>
    </message>
</context>
<context>
    <name>Thumbnail</name>
    <message>
        <source>打开附件 {name}</source>
        <translation>Open attachment {name}</translation>
    </message>
    <message>
        <source>打开文件</source>
        <translation>Open file</translation>
    </message>
    <message>
        <source>图片暂不可取,点击重试</source>
        <translation>Picture not available yet; click to retry</translation>
    </message>
    <message>
        <source>无法打开附件 {name}:文件不在本席位,联网后再试</source>
        <translation>Cannot open attachment {name}: the file is not on this seat; try again when connected</translation>
    </message>
</context>
<context>
    <name>TimeEditor</name>
    <message>
        <source>时:分 或 月-日 时:分</source>
        <translation>HH:MM or MM-DD HH:MM</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>填入此刻</source>
        <translation>Fill in the present time</translation>
    </message>
    <message>
        <source>看不懂这个时间,例如 12:06 或 11-22 12:06</source>
        <translation>Not a time; for example 12:06 or 11-22 12:06</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>还没有记录。可在下方写备注。</source>
        <translation>Nothing recorded yet. Write a note below.</translation>
    </message>
    <message>
        <source>显示更早的 {count} 条</source>
        <translation>Show {count} earlier</translation>
    </message>
    <message>
        <source>{done}:{report}</source>
        <translation>{done}: {report}</translation>
    </message>
    <message>
        <source>并入本事件:{title}</source>
        <translation>Merged into this case: {title}</translation>
    </message>
    <message>
        <source>{fact}:{old} → {new}</source>
        <translation>{fact}: {old} → {new}</translation>
    </message>
    <message>
        <source>签字声明:{statements}</source>
        <translation>Signed statement: {statements}</translation>
    </message>
    <message>
        <source>报告人 {caller}</source>
        <translation>Caller: {caller}</translation>
    </message>
    <message>
        <source>席位 {seat}</source>
        <translation>Seat {seat}</translation>
    </message>
</context>
<context>
    <name>ToolColumn</name>
    <message>
        <source>全图</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>显示全部路网 (Home)</source>
        <translation>Show the whole network (Home)</translation>
    </message>
    <message>
        <source>放大</source>
        <translation>Zoom +</translation>
    </message>
    <message>
        <source>放大 (+ 或滚轮)</source>
        <translation>Zoom in (+ or wheel)</translation>
    </message>
    <message>
        <source>缩小</source>
        <translation>Zoom −</translation>
    </message>
    <message>
        <source>缩小 (- 或滚轮)</source>
        <translation>Zoom out (- or wheel)</translation>
    </message>
    <message>
        <source>图层</source>
        <translation>Layers</translation>
    </message>
    <message>
        <source>图层的显示、来源和时间</source>
        <translation>Layers: visibility, source and time</translation>
    </message>
    <message>
        <source>定位</source>
        <translation>Locate</translation>
    </message>
    <message>
        <source>定位所选事件或设备 (L)</source>
        <translation>Locate the selected case or device (L)</translation>
    </message>
    <message>
        <source>距离圈</source>
        <translation>Rings</translation>
    </message>
    <message>
        <source>所选事件周围的距离圈 (R)</source>
        <translation>Distance rings around the selected case (R)</translation>
    </message>
    <message>
        <source>同步</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>同步视图:各地图看同一处,比例尺相同</source>
        <translation>Linked view: the maps look at one place at one scale</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>关闭这个地图;视图和图层下次还在</source>
        <translation>Close this map; its view and layers are kept</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>面板与布局</source>
        <translation>Panels and layouts</translation>
    </message>
    <message>
        <source>告警</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>打开告警列表</source>
        <translation>Open the alarm list</translation>
    </message>
    <message>
        <source>开关告警声</source>
        <translation>Turn alarm sound on or off</translation>
    </message>
    <message>
        <source>北京时间(Asia/Shanghai)</source>
        <translation>Beijing time (Asia/Shanghai)</translation>
    </message>
    <message>
        <source>用户</source>
        <translation>User</translation>
    </message>
    <message>
        <source>{count} 条告警未确认</source>
        <translation>Unacknowledged alarms: {count}</translation>
    </message>
    <message>
        <source>没有未确认的告警</source>
        <translation>No unacknowledged alarms</translation>
    </message>
    <message>
        <source>已静音</source>
        <translation>Muted</translation>
    </message>
    <message>
        <source>声音</source>
        <translation>Sound</translation>
    </message>
</context>
<context>
    <name>TourForm</name>
    <message>
        <source>例如 早高峰巡视</source>
        <translation>for example Morning peak</translation>
    </message>
    <message>
        <source>输入名称添加,或从列表拖入</source>
        <translation>Type a name to add, or drag from the list</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>新建轮巡</source>
        <translation>New tour</translation>
    </message>
    <message>
        <source>编辑轮巡</source>
        <translation>Edit tour</translation>
    </message>
    <message>
        <source>演示</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>删除这个轮巡表</source>
        <translation>Delete this tour</translation>
    </message>
    <message>
        <source>{low} 至 {high} 秒</source>
        <translation>{low} to {high} seconds</translation>
    </message>
    <message>
        <source>窗口编号,用逗号分开;几个窗口同时各放一路</source>
        <translation>Tile numbers, apart by commas; several tiles show one camera each at a time</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>停留(秒)</source>
        <translation>Dwell (s)</translation>
    </message>
    <message>
        <source>窗口</source>
        <translation>Tiles</translation>
    </message>
    <message>
        <source>已撤除的摄像机</source>
        <translation>Removed camera</translation>
    </message>
    <message>
        <source>请填名称</source>
        <translation>Give it a name</translation>
    </message>
    <message>
        <source>停留时间应为 {low} 至 {high} 秒</source>
        <translation>The dwell time is {low} to {high} seconds</translation>
    </message>
    <message>
        <source>请填窗口编号,例如 1, 2</source>
        <translation>Give tile numbers, for example 1, 2</translation>
    </message>
    <message>
        <source>请加入摄像机</source>
        <translation>Add cameras</translation>
    </message>
</context>
<context>
    <name>Tours</name>
    <message>
        <source>演示</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>{count} 路 · 每 {seconds} s</source>
        <translation>{count} × {seconds} s</translation>
    </message>
</context>
<context>
    <name>ToursBox</name>
    <message>
        <source>轮巡</source>
        <translation>Tours</translation>
    </message>
    <message>
        <source>新建</source>
        <translation>New</translation>
    </message>
    <message>
        <source>新建一个轮巡表</source>
        <translation>Make a new tour</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>下一路</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>立即切到下一路</source>
        <translation>Go to the next camera now</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>结束轮巡,画面留在原处</source>
        <translation>End the tour; the pictures stay where they are</translation>
    </message>
    <message>
        <source>编辑</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>还没有轮巡表</source>
        <translation>No tours yet</translation>
    </message>
    <message>
        <source>点“新建”,把摄像机拖进来。</source>
        <translation>Click New and drag cameras in.</translation>
    </message>
    <message>
        <source>已暂停</source>
        <translation>paused</translation>
    </message>
    <message>
        <source>轮巡中</source>
        <translation>running</translation>
    </message>
    <message>
        <source>已暂停,按“继续”恢复</source>
        <translation>Paused; Resume goes on</translation>
    </message>
    <message>
        <source>{seconds} s 后切换</source>
        <translation>next in {seconds} s</translation>
    </message>
    <message>
        <source>没有可看的摄像机,稍后再试</source>
        <translation>No camera to show; trying again later</translation>
    </message>
    <message>
        <source>跳过 {count} 路:{names}</source>
        <translation>passed over {count}: {names}</translation>
    </message>
    <message>
        <source>已撤除的摄像机</source>
        <translation>Removed camera</translation>
    </message>
    <message>
        <source>先选中一个轮巡表</source>
        <translation>Select a tour first</translation>
    </message>
    <message>
        <source>这个轮巡表里没有摄像机</source>
        <translation>This tour has no cameras</translation>
    </message>
    <message>
        <source>开始选中的轮巡 (Enter)</source>
        <translation>Start the selected tour (Enter)</translation>
    </message>
    <message>
        <source>改名称、摄像机、停留时间、窗口</source>
        <translation>Change name, cameras, dwell time, tiles</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>暂停或继续 (空格)</source>
        <translation>Pause or resume (Space)</translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>磁盘已满,请腾出空间</source>
        <translation>the disk is full; make room on it</translation>
    </message>
    <message>
        <source>磁盘或数据文件夹是只读的,请运维人员改为可写</source>
        <translation>the disk or the data folder is read-only; ask IT to make it writable</translation>
    </message>
    <message>
        <source>没有写数据文件夹的权限,请运维人员检查文件夹权限</source>
        <translation>no permission to write to the data folder; ask IT to check its permissions</translation>
    </message>
    <message>
        <source>磁盘读写出错,请运维人员检查磁盘和配额</source>
        <translation>the disk reports read or write errors; ask IT to check disk and quota</translation>
    </message>
    <message>
        <source>磁盘又能写入,数据恢复保存</source>
        <translation>The disk can be written again; data is kept again</translation>
    </message>
    <message>
        <source>本机缓存损坏,已另存,正从服务器重新同步</source>
        <translation>The local cache was damaged and set aside; syncing anew from the server</translation>
    </message>
    <message>
        <source>待发箱文件损坏,已另存;请联系运维人员找回未发操作</source>
        <translation>The outbox file was damaged and set aside; ask IT operations to recover unsent actions</translation>
    </message>
    <message>
        <source>路况来自另一版路网,没有显示;请更新本机的路网文件</source>
        <translation>The traffic is of another road network and is not shown: update the network file of this seat</translation>
    </message>
    <message>
        <source>新数据只显示、不保存:{why}</source>
        <translation>New data is shown but not kept: {why}</translation>
    </message>
    <message>
        <source>操作没有保存,排除后请重试:{why}</source>
        <translation>The act was not saved; try again once this is solved: {why}</translation>
    </message>
</context>
<context>
    <name>Video</name>
    <message>
        <source>最多同时打开 {count} 面视频墙</source>
        <translation>At most {count} video walls can be open</translation>
    </message>
    <message>
        <source>取消固定</source>
        <translation>Unpin</translation>
    </message>
    <message>
        <source>固定</source>
        <translation>Pin</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>返回原画面</source>
        <translation>Back to the earlier wall</translation>
    </message>
    <message>
        <source>把摄像机拖到这里,或在列表中双击</source>
        <translation>Drag a camera here, or double-click one in the list</translation>
    </message>
    <message>
        <source>返回多画面</source>
        <translation>Back to all tiles</translation>
    </message>
    <message>
        <source>放大到整面墙</source>
        <translation>Fill the wall</translation>
    </message>
    <message>
        <source>弹出到新窗口</source>
        <translation>Open in a new window</translation>
    </message>
    <message>
        <source>用主码流</source>
        <translation>Use the main stream</translation>
    </message>
    <message>
        <source>立即重新连接</source>
        <translation>Connect again now</translation>
    </message>
    <message>
        <source>在地图上定位</source>
        <translation>Show on the map</translation>
    </message>
    <message>
        <source>摄像机不存在</source>
        <translation>No such camera</translation>
    </message>
    <message>
        <source>已撤除,或不在您的权限内</source>
        <translation>Removed, or outside of your rights</translation>
    </message>
    <message>
        <source>画面停于 {time}</source>
        <translation>Picture of {time}</translation>
    </message>
    <message>
        <source>网络不通</source>
        <translation>Network unreachable</translation>
    </message>
    <message>
        <source>连接超时</source>
        <translation>No answer in time</translation>
    </message>
    <message>
        <source>登录被拒绝</source>
        <translation>Login refused</translation>
    </message>
    <message>
        <source>通道不存在</source>
        <translation>No such channel</translation>
    </message>
    <message>
        <source>码流中没有视频</source>
        <translation>No video in the stream</translation>
    </message>
    <message>
        <source>返回的设备编号不符,已拒绝</source>
        <translation>Refused: the stream is another device&apos;s</translation>
    </message>
    <message>
        <source>码流无法解码</source>
        <translation>Stream cannot be decoded</translation>
    </message>
    <message>
        <source>画面尺寸过大</source>
        <translation>Picture too large</translation>
    </message>
    <message>
        <source>码流中断</source>
        <translation>Stream ended</translation>
    </message>
    <message>
        <source>平台未给出播放地址</source>
        <translation>No address from the platform</translation>
    </message>
    <message>
        <source>{count} 分钟</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>正在连接…</source>
        <translation>Connecting…</translation>
    </message>
    <message>
        <source>画面中断 {age}</source>
        <translation>No picture for {age}</translation>
    </message>
    <message>
        <source>重连中 第{count}次</source>
        <translation>Reconnecting, attempt {count}</translation>
    </message>
    <message>
        <source>已暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source> · 已报障</source>
        <translation> · fault reported</translation>
    </message>
    <message>
        <source>关键帧模式 · {age}</source>
        <translation>Key frames only · {age}</translation>
    </message>
    <message>
        <source>静态画面 · {age} 前</source>
        <translation>Still picture · {age} ago</translation>
    </message>
    <message>
        <source>滞后 {age}</source>
        <translation>{age} late</translation>
    </message>
    <message>
        <source>实时 {age}</source>
        <translation>Live {age}</translation>
    </message>
    <message>
        <source>画面冻结 {age}</source>
        <translation>Frozen for {age}</translation>
    </message>
    <message>
        <source>黑屏 {age}</source>
        <translation>Black for {age}</translation>
    </message>
    <message>
        <source>画面模糊 {age}</source>
        <translation>Blurred for {age}</translation>
    </message>
    <message>
        <source>正在连接</source>
        <translation>Connecting</translation>
    </message>
    <message>
        <source>无画面</source>
        <translation>No picture</translation>
    </message>
    <message>
        <source>主码流</source>
        <translation>Main stream</translation>
    </message>
    <message>
        <source>子码流</source>
        <translation>Sub-stream</translation>
    </message>
</context>
<context>
    <name>ViewsMenu</name>
    <message>
        <source>还没有保存的视图</source>
        <translation>No saved views yet</translation>
    </message>
    <message>
        <source>保存当前视图…</source>
        <translation>Save this view…</translation>
    </message>
    <message>
        <source>删除视图</source>
        <translation>Delete view</translation>
    </message>
    <message>
        <source>保存视图</source>
        <translation>Save view</translation>
    </message>
    <message>
        <source>名称(同名的会被替换):</source>
        <translation>Name (an equal name is replaced):</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>WallHead</name>
    <message>
        <source>{layout} 画面</source>
        <translation>Layout {layout}</translation>
    </message>
    <message>
        <source>Esc 返回</source>
        <translation>Esc: back</translation>
    </message>
    <message>
        <source>返回事件联动前的画面</source>
        <translation>Back to the wall before the incident</translation>
    </message>
    <message>
        <source>把选中的摄像机转到看得见事件的预置位</source>
        <translation>Turn the selected camera to the preset that looks at the incident</translation>
    </message>
    <message>
        <source>画面组</source>
        <translation>Saved walls</translation>
    </message>
    <message>
        <source>保存的画面:打开、保存、改名、删除</source>
        <translation>Saved walls: open, save, rename, delete</translation>
    </message>
    <message>
        <source>侧栏</source>
        <translation>Sides</translation>
    </message>
    <message>
        <source>显示或隐藏摄像机列表和详情</source>
        <translation>Show or hide the camera list and details</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>关闭这面视频墙</source>
        <translation>Close this wall</translation>
    </message>
    <message>
        <source>转到 {preset}</source>
        <translation>Go to {preset}</translation>
    </message>
</context>
<context>
    <name>WallView</name>
    <message>
        <source>空闲 · 拖入摄像机</source>
        <translation>Free · drag a camera here</translation>
    </message>
    <message>
        <source>固定</source>
        <translation>Pinned</translation>
    </message>
    <message>
        <source>演示</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>录像中</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>事件 {number}</source>
        <translation>Incident {number}</translation>
    </message>
    <message>
        <source>空闲</source>
        <translation>free</translation>
    </message>
    <message>
        <source>视频墙 {number} 号窗:{said}</source>
        <translation>Video wall, tile {number}: {said}</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>删除布局</source>
        <translation>Delete layout</translation>
    </message>
</context>
<context>
    <name>_ScaleBox</name>
    <message>
        <source>不限</source>
        <translation>No limit</translation>
    </message>
</context>
</TS>

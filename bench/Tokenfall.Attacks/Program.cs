using Tokenfall.Attacks;
using Tokenfall.Attacks.Floods;
using Tokenfall.Attacks.Soak;

return args switch
{
    ["flood", .. var flood] => await FloodCommand.RunAsync(flood),
    ["soak", .. var soak] => await SoakCommand.RunAsync(soak),
    _ => await AttacksCommand.RunAsync(args),
};

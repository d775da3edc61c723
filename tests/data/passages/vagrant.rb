config.vm.define "nt4" do |nt|
  nt.product_id = "111-1111111"
end
